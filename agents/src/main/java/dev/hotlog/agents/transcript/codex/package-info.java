// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Codex: `~/.codex/sessions/<year>/<month>/<day>/rollout-<time>-<session>.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.codex;

import org.jspecify.annotations.NullMarked;
