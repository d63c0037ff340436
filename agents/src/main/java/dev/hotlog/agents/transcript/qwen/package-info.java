// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Qwen Code: `~/.qwen/projects/<folder>/chats/<session>.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.qwen;

import org.jspecify.annotations.NullMarked;
