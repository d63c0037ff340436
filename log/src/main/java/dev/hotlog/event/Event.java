// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What an agent did, at one moment: 22 fields of the reference and the model. Immutable.
///
/// (session, seq) is its key in a log: the same event again is a no-op, another event under that key is refused.
/// Limits are those of docs/format.md: each text up to 65,535 bytes, the whole event up to 64 MiB.
public final class Event {
    private final String sessionId;
    private final long seq;
    private final long tsMillis;
    private final boolean tsExact;
    private final Kind kind;
    private final Source source;
    private final @Nullable String tool;
    private final @Nullable String toolCallId;
    private final @Nullable String stopReason;
    private final @Nullable String model;
    /// One bit a measure that is present, by ordinal; `values` holds these alone, in that order.
    private final int present;

    private final long[] values;
    private final Json payload;

    private Event(Builder from) {
        sessionId = from.sessionId;
        seq = from.seq;
        tsMillis = from.tsMillis;
        tsExact = from.tsExact;
        kind = from.kind;
        source = from.source;
        tool = from.tool;
        toolCallId = from.toolCallId;
        stopReason = from.stopReason;
        model = from.model;
        payload = from.payload;
        present = from.present;
        values = new long[Integer.bitCount(present)];
        int next = 0;
        for (int left = present; left != 0; left &= left - 1) {
            values[next++] = from.values[Integer.numberOfTrailingZeros(left)];
        }
    }

    /// Starts an event of that key: kind [Kind#MESSAGE], source [Source#TAIL], time 0, everything else absent.
    ///
    /// @param seq the event's number within its session, unsigned
    public static Builder of(String sessionId, long seq) {
        return new Builder(sessionId, seq);
    }

    public String sessionId() {
        return sessionId;
    }

    /// The event's number within its session, unsigned.
    public long seq() {
        return seq;
    }

    /// Milliseconds since 1970 UTC, unsigned: a negative value is a time far beyond any calendar.
    public long tsMillis() {
        return tsMillis;
    }

    /// Whether the agent told the time; else it is estimated.
    public boolean tsExact() {
        return tsExact;
    }

    public Kind kind() {
        return kind;
    }

    public Source source() {
        return source;
    }

    public Optional<String> tool() {
        return Optional.ofNullable(tool);
    }

    /// A call and its result share the id.
    public Optional<String> toolCallId() {
        return Optional.ofNullable(toolCallId);
    }

    public Optional<String> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    public Json payload() {
        return payload;
    }

    /// Whether the event has the measure.
    public boolean has(Measure measure) {
        return (present & 1 << measure.ordinal()) != 0;
    }

    /// The measure's value, or [Measure#ABSENT] when it has none.
    public long measure(Measure measure) {
        int bit = 1 << measure.ordinal();
        return (present & bit) == 0 ? Measure.ABSENT : values[Integer.bitCount(present & (bit - 1))];
    }

    /// As [#measure(Measure)], for callers that prefer to be told.
    public OptionalLong find(Measure measure) {
        return has(measure) ? OptionalLong.of(measure(measure)) : OptionalLong.empty();
    }

    /// Which measures are present, one bit each by [Measure#ordinal()].
    public int presentMeasures() {
        return present;
    }

    /// A builder that starts with everything of this event.
    public Builder toBuilder() {
        Builder copy = new Builder(sessionId, seq)
                .ts(tsMillis, tsExact)
                .kind(kind)
                .source(source)
                .tool(tool)
                .toolCallId(toolCallId)
                .stopReason(stopReason)
                .model(model)
                .payload(payload);
        for (Measure measure : Measure.ALL) {
            if (has(measure)) {
                copy.measure(measure, measure(measure));
            }
        }
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event e
                && seq == e.seq
                && tsMillis == e.tsMillis
                && tsExact == e.tsExact
                && present == e.present
                && sessionId.equals(e.sessionId)
                && kind.equals(e.kind)
                && source.equals(e.source)
                && Objects.equals(tool, e.tool)
                && Objects.equals(toolCallId, e.toolCallId)
                && Objects.equals(stopReason, e.stopReason)
                && Objects.equals(model, e.model)
                && Arrays.equals(values, e.values)
                && payload.equals(e.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sessionId, seq, tsMillis, kind, payload);
    }

    /// The key, kind and time: enough for a message to a person.
    @Override
    public String toString() {
        return "Event[" + sessionId + "/" + Long.toUnsignedString(seq) + " " + kind + " at " + tsMillis + "]";
    }

    /// Makes an event field by field; may be reused, and is for one thread.
    public static final class Builder {
        private String sessionId;
        private long seq;
        private long tsMillis;
        private boolean tsExact;
        private Kind kind = Kind.MESSAGE;
        private Source source = Source.TAIL;
        private @Nullable String tool;
        private @Nullable String toolCallId;
        private @Nullable String stopReason;
        private @Nullable String model;
        private int present;
        private final long[] values = new long[Measure.ALL.size()];
        private Json payload = Json.NONE;

        private Builder(String sessionId, long seq) {
            this.sessionId = Names.wellFormed(sessionId);
            this.seq = seq;
        }

        /// Another key, for an event that is otherwise alike.
        public Builder key(String newSessionId, long newSeq) {
            sessionId = Names.wellFormed(newSessionId);
            seq = newSeq;
            return this;
        }

        /// @param millis since 1970 UTC, unsigned
        /// @param exact whether the agent told it
        public Builder ts(long millis, boolean exact) {
            tsMillis = millis;
            tsExact = exact;
            return this;
        }

        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        public Builder source(Source value) {
            source = value;
            return this;
        }

        /// Null takes it away; so with the other texts.
        public Builder tool(@Nullable String value) {
            tool = value;
            return this;
        }

        public Builder toolCallId(@Nullable String value) {
            toolCallId = value;
            return this;
        }

        public Builder stopReason(@Nullable String value) {
            stopReason = value;
            return this;
        }

        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        /// @throws IllegalArgumentException when the value is out of the measure's range
        public Builder measure(Measure measure, long value) {
            values[measure.ordinal()] = measure.check(value);
            present |= 1 << measure.ordinal();
            return this;
        }

        public Builder payload(Json value) {
            payload = value;
            return this;
        }

        public Builder payload(String json) {
            return payload(Json.of(json));
        }

        public Event build() {
            return new Event(this);
        }
    }
}
