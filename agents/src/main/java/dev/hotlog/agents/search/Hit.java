// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;

/// An event that says what was looked for.
///
/// @param excerpt the first place where it does
public record Hit(long offset, Event event, Excerpt excerpt) {
    /// Whether the other is a message of the same session that says the same there.
    boolean echoes(Hit message) {
        return message.event.kind().equals(Kind.MESSAGE)
                && event.sessionId().equals(message.event.sessionId())
                && excerpt.equals(message.excerpt);
    }
}
