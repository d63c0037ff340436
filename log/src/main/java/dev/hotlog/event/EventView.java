// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.Optional;

/// An event as it lies in the log, read field by field from the mapped bytes.
///
/// A view is good until its owner moves on (the next step of a replay or a tail, or its closing) and for one thread;
/// [#toEvent()] makes a copy to keep.
public interface EventView {
    /// The event's address in the log: growing, stable for ever.
    long offset();

    String sessionId();

    /// Whether [#sessionId()] is that text, without making it.
    boolean isOfSession(String sessionId);

    long seq();

    /// Milliseconds since 1970 UTC, unsigned: a negative value is a time far beyond any calendar.
    long tsMillis();

    /// [#tsMillis()] as a signed number: a time beyond all calendars is [Long#MAX_VALUE].
    default long cappedMillis() {
        return tsMillis() < 0 ? Long.MAX_VALUE : tsMillis();
    }

    /// Whether the agent told the time; else it is estimated.
    boolean tsExact();

    Kind kind();

    Source source();

    Optional<String> tool();

    Optional<String> toolCallId();

    Optional<String> stopReason();

    Optional<String> model();

    /// Whether the event has the measure.
    boolean has(Measure measure);

    /// The measure's value, or [Measure#ABSENT] when it has none.
    long measure(Measure measure);

    Json payload();

    int payloadLengthBytes();

    /// Copies the payload's bytes to the beginning of `target`, which is long enough for them.
    void copyPayload(byte[] target);

    /// The event, copied; it outlives the view.
    Event toEvent();
}
