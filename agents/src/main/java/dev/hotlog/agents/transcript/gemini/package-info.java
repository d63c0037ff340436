// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Gemini CLI: `~/.gemini/tmp/<project>/chats/session-<time>-<id>.json`, a document that
/// is written anew, or since 2026 `.jsonl`, to which it appends; and of Qwen Code, which is made of Gemini
/// CLI: documents like these, and since then `~/.qwen/projects/<folder>/chats/<session>.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.gemini;

import org.jspecify.annotations.NullMarked;
