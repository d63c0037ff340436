// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.event.Event;

/// An event that says what was looked for.
///
/// @param excerpt the first place where it does
public record Hit(long offset, Event event, Excerpt excerpt) {}
