// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Claude Code: `~/.claude/projects/<project>/<session>.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.claudecode;

import org.jspecify.annotations.NullMarked;
