// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Puts together what one object gives: hands out its slots in order, all at the object's time.
public final class PieceBuilder {
    private final String sessionId;
    private final long firstSeq;
    private final long millis;
    private final boolean exact;

    private final List<Event.Builder> events = new ArrayList<>();
    private final List<Usage> usage = new ArrayList<>();
    private final Map<String, String> facts = new HashMap<>();
    private int slots;

    /// @param millis the time of the object
    /// @param exact whether the object tells it itself
    public PieceBuilder(String sessionId, long firstSeq, long millis, boolean exact) {
        this.sessionId = sessionId;
        this.firstSeq = firstSeq;
        this.millis = millis;
        this.exact = exact;
    }

    /// An event in the next slot.
    public Event.Builder event(Kind kind, Json payload) {
        Event.Builder event = inNextSlot(kind, payload);
        events.add(event);
        return event;
    }

    /// What a call used, with a slot for the Cost event.
    ///
    /// @param named makes the usage of its Cost event
    public void usage(Event.Builder cost, Function<Event, Usage> named) {
        usage.add(named.apply(cost.build()));
    }

    /// What a call used that is told by its time and its figures, which copies keep, because the agent
    /// gives it no id that they keep too. Without a time it stands for itself alone.
    ///
    /// @param more what else tells it from others; may be empty
    public void usageByTime(Event.Builder cost, String more) {
        usage(cost, event -> {
            StringBuilder key = new StringBuilder(exact ? "at:" + millis : event.sessionId() + "/" + event.seq());
            for (Measure measure : Usage.COUNTED) {
                key.append('/').append(event.has(measure) ? event.measure(measure) : 0);
            }
            return new Usage.Once(key.append('/').append(more).toString(), event);
        });
    }

    /// A Cost event in the next slot, for [#usage].
    public Event.Builder cost(Json payload) {
        return inNextSlot(Kind.COST, payload);
    }

    private Event.Builder inNextSlot(Kind kind, Json payload) {
        return Event.of(sessionId, firstSeq + slots++)
                .ts(millis, exact)
                .kind(kind)
                .payload(payload);
    }

    /// Something the object tells of the session; an empty text tells nothing. See [SessionFacts].
    public void fact(String name, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(text -> facts.put(name, text));
    }

    /// Sets a measure when the file tells it and it is in range: exact, or absent.
    public static void measure(Event.Builder event, Measure measure, OptionalLong value) {
        if (value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() <= measure.max()) {
            event.measure(measure, value.getAsLong());
        }
    }

    /// Sets what the agent reckons that the call cost. That it reckons nothing, as for models without a price and for
    /// those that are paid by the month, is no cost.
    public static void ownCost(Event.Builder event, OptionalLong micros) {
        if (micros.isPresent() && micros.getAsLong() > 0) {
            event.measure(Measure.COST_USD_E6, micros.getAsLong());
        }
    }

    public Piece build() {
        return new Piece(events.stream().map(Event.Builder::build).toList(), usage, facts, slots);
    }
}
