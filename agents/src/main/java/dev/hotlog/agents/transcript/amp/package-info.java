// SPDX-License-Identifier: Apache-2.0

/// The threads of Amp: `~/.local/share/amp/threads/T-<id>.json`, documents that are written anew.
@NullMarked
package dev.hotlog.agents.transcript.amp;

import org.jspecify.annotations.NullMarked;
