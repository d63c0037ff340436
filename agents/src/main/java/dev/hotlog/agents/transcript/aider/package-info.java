// SPDX-License-Identifier: Apache-2.0

/// The history of Aider: `.aider.chat.history.md` in each repository, in which one chat follows another.
@NullMarked
package dev.hotlog.agents.transcript.aider;

import org.jspecify.annotations.NullMarked;
