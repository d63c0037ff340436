// SPDX-License-Identifier: Apache-2.0

/// The one door out of a log: sessions, events and sums as people and reports ask for them.
@NullMarked
package dev.hotlog.agents.history;

import org.jspecify.annotations.NullMarked;
