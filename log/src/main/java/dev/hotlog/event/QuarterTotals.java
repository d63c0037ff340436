// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.Optional;

/// The sums of all sessions' events of one quarter of an hour, model and prompt size; those that tell a cost of their
/// own
/// apart from the others. There are far fewer than [Rollup]s.
///
/// @param quarterMillis the start of the quarter of an hour, in milliseconds since 1970 UTC
/// @param totals not to be changed
public record QuarterTotals(long quarterMillis, Optional<String> model, PromptSize promptSize, Totals totals) {}
