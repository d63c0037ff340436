// SPDX-License-Identifier: Apache-2.0
/// The nouns, ground floor: what a caller keeps ([Event], [SessionFacts], [Cursor], [Batch]), what the log
/// tells about it ([EventView], [Totals], [Rollup], [SessionSummary]) and what can go wrong ([LogException],
/// [Damage]).
///
/// Values check themselves when they are made; nothing here knows of files, bytes or threads. Every other room may use
/// this one; it uses none.
@NullMarked
package dev.hotlog.event;

import org.jspecify.annotations.NullMarked;
