// SPDX-License-Identifier: Apache-2.0

/// What Cursor leaves behind: transcripts of its agent,
/// `~/.cursor/projects/<folder>/agent-transcripts/<session>/<session>.jsonl`, and the conversations in the
/// database of its editor, `User/globalStorage/state.vscdb`.
@NullMarked
package dev.hotlog.agents.transcript.cursor;

import org.jspecify.annotations.NullMarked;
