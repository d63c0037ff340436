// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Kimi CLI, `~/.kimi/sessions/<folder>/<session>/wire.jsonl`, and of Kimi Code, which
/// came after it: `~/.kimi-code/sessions/<folder>/session_<session>/agents/<agent>/wire.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.kimi;

import org.jspecify.annotations.NullMarked;
