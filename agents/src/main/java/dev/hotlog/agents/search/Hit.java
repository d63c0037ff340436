// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.event.Event;

/// An event that says what was looked for.
///
/// @param passage the first place where it does
public record Hit(long offset, Event event, Passage passage) {}
