// SPDX-License-Identifier: Apache-2.0

/// The sessions of Goose: rows of `~/.local/share/goose/sessions/sessions.db`, and before 1.10
/// `~/.local/share/goose/sessions/<session>.jsonl`, which is written anew.
@NullMarked
package dev.hotlog.agents.transcript.goose;

import org.jspecify.annotations.NullMarked;
