// SPDX-License-Identifier: Apache-2.0

/// The transcripts of Factory's Droid: `~/.factory/sessions/<folder>/<session>.jsonl`, and beside each what
/// it took all in all, `<session>.settings.json`.
@NullMarked
package dev.hotlog.agents.transcript.droid;

import org.jspecify.annotations.NullMarked;
