// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.Optional;

/// The sums of all sessions' events of one period, model and prompt size; those that tell a cost of their own apart
/// from the others. A period is a quarter of an hour or more, all in one day of UTC. There are far fewer than
/// [Rollup]s.
///
/// @param quarterMillis the start of the first quarter of an hour that has events in it, in milliseconds since 1970 UTC
/// @param totals not to be changed
public record PeriodTotals(long quarterMillis, Optional<String> model, PromptSize promptSize, Totals totals) {}
