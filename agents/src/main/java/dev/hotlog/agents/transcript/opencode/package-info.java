// SPDX-License-Identifier: Apache-2.0

/// The transcripts of OpenCode: a tree of small JSON files, `~/.local/share/opencode/storage`, and since
/// version 1.2 a database beside it that holds the same objects, `opencode.db`.
@NullMarked
package dev.hotlog.agents.transcript.opencode;

import org.jspecify.annotations.NullMarked;
