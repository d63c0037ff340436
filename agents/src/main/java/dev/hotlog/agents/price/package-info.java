// SPDX-License-Identifier: Apache-2.0

/// Money: what tokens cost, by a table of prices that comes with the program and may be overridden. Costs are derived
/// when someone asks, and never written into events. (docs/prices.md)
@NullMarked
package dev.hotlog.agents.price;

import org.jspecify.annotations.NullMarked;
