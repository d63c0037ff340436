// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Pi, `~/.pi/agent/sessions/<folder>/<time>_<session>.jsonl`, and of OpenClaw, which is
/// made of Pi and writes the same: `~/.openclaw/agents/<agent>/sessions/<session>.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.pi;

import org.jspecify.annotations.NullMarked;
