// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.JsonText;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Reads an event from a line of JSON, as [EventJson] writes it.
///
/// `session_id` (empty, if it is said to be), `seq`, `ts_ms` and `kind` must be there; `source` is `tail` and
/// `ts_exact` false unless told; null is absent; `offset` is passed over. A field that an event does not have is an
/// error: it would be lost.
final class EventLine {
    private static final Map<String, Measure> MEASURES = measures();
    /// The fields that every event has, and the one that only a log gives.
    private static final Set<String> SEEN_TO = Set.of("session_id", "seq", "ts_ms", "ts_exact", "kind", "offset");
    /// More than any number needs that an event can hold.
    private static final int MAX_DIGITS = 40;

    private final Map<String, JsonText> fields;

    private EventLine(Map<String, JsonText> fields) {
        this.fields = fields;
    }

    /// The event of the line that is in `from .. to`.
    ///
    /// @throws Bad saying why it is none
    static Event read(byte[] bytes, int from, int to) throws Bad {
        JsonText line;
        try {
            line = JsonText.parse(bytes, from, to);
        } catch (JsonText.NotJson e) {
            throw new Bad("not JSON at byte " + (e.atByte() + 1));
        }
        if (!line.isObject()) {
            throw new Bad("not a JSON object");
        }
        Map<String, JsonText> fields = new LinkedHashMap<>();
        for (JsonText.Member member : line.members()) {
            if (fields.put(member.name(), member.value()) != null) {
                throw new Bad("field '" + member.name() + "' comes twice");
            }
        }
        return new EventLine(fields).event();
    }

    private Event event() throws Bad {
        try {
            JsonText exact = fields.get("ts_exact");
            Event.Builder event = Event.of(needed("session_id"), unsigned("seq"))
                    .ts(unsigned("ts_ms"), exact != null && flag("ts_exact", exact))
                    .kind(Kind.of(needed("kind")));
            fields.keySet().removeAll(SEEN_TO);
            for (Map.Entry<String, JsonText> field : fields.entrySet()) {
                // A payload is any JSON, null among it; of all other fields null is none.
                if (!field.getValue().isNull() || field.getKey().equals("payload")) {
                    set(event, field.getKey(), field.getValue());
                }
            }
            return event.build();
        } catch (IllegalArgumentException e) {
            throw new Bad(String.valueOf(e.getMessage()));
        }
    }

    private void set(Event.Builder event, String name, JsonText value) throws Bad {
        switch (name) {
            case "source" -> event.source(Source.of(text(name, value)));
            case "model" -> event.model(text(name, value));
            case "tool" -> event.tool(text(name, value));
            case "tool_call_id" -> event.toolCallId(text(name, value));
            case "stop_reason" -> event.stopReason(text(name, value));
            case "payload" -> event.payload(value.toJson());
            case "payload_text" -> event.payload(text(name, value));
            default -> {
                Measure measure = MEASURES.get(name);
                if (measure == null) {
                    throw new Bad("an event has no field '" + name + "'");
                }
                event.measure(measure, signed(name, value));
            }
        }
    }

    private String needed(String name) throws Bad {
        return text(name, there(name));
    }

    private long unsigned(String name) throws Bad {
        BigInteger number = whole(name, there(name));
        if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
            throw outOfRange(name);
        }
        return number.longValue();
    }

    private JsonText there(String name) throws Bad {
        JsonText value = fields.get(name);
        if (value == null || value.isNull()) {
            throw new Bad("field '" + name + "' is missing");
        }
        return value;
    }

    private static String text(String name, JsonText value) throws Bad {
        if (!value.isString()) {
            throw new Bad("field '" + name + "' is not a text");
        }
        return value.string();
    }

    private static boolean flag(String name, JsonText value) throws Bad {
        return switch (value.source(MAX_DIGITS)) {
            case "true" -> true;
            case "false", "null" -> false;
            default -> throw new Bad("field '" + name + "' is neither true nor false");
        };
    }

    private static long signed(String name, JsonText value) throws Bad {
        BigInteger number = whole(name, value);
        if (number.bitLength() >= Long.SIZE) {
            throw outOfRange(name);
        }
        return number.longValue();
    }

    /// A whole number, however it is written: `1e3` and `1000.0` are 1000.
    private static BigInteger whole(String name, JsonText value) throws Bad {
        try {
            BigDecimal number = new BigDecimal(value.source(MAX_DIGITS));
            if (value.lengthBytes() > MAX_DIGITS || Math.abs(number.scale()) > MAX_DIGITS) {
                throw outOfRange(name);
            }
            return number.toBigIntegerExact();
        } catch (NumberFormatException | ArithmeticException _) {
            throw outOfRange(name);
        }
    }

    private static Bad outOfRange(String name) {
        return new Bad("field '" + name + "' is not a whole number in its range");
    }

    private static Map<String, Measure> measures() {
        Map<String, Measure> byName = new HashMap<>();
        for (Measure measure : Measure.ALL) {
            byName.put(measure.jsonName(), measure);
        }
        return byName;
    }

    /// Why a line is no event.
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;

        Bad(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
