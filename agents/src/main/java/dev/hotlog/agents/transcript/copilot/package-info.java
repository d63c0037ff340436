// SPDX-License-Identifier: Apache-2.0

/// The transcripts of GitHub Copilot CLI: `~/.copilot/session-state/<session>/events.jsonl`.
@NullMarked
package dev.hotlog.agents.transcript.copilot;

import org.jspecify.annotations.NullMarked;
