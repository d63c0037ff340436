// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.event.Event;

/// An event that says what was looked for.
///
/// @param excerpt the first place where it does
public record Hit(long offset, Event event, Excerpt excerpt) {
    /// Whether the other is of the same session and says the same there.
    boolean saysTheSameAs(Hit other) {
        return event.sessionId().equals(other.event.sessionId()) && excerpt.equals(other.excerpt);
    }
}
