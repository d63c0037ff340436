// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.cli.Table.Cell;
import dev.hotlog.event.Measure;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// What a field of a [Listing] holds, which each form writes down in its way.
sealed interface Value {
    /// Nobody told it. JSON leaves it out.
    Value ABSENT = new Absent();
    /// It has a value that is not known. In JSON it is null.
    Value UNKNOWN = new Unknown();

    /// As people see it in a table.
    Cell cell();

    /// As a member of a JSON object.
    void write(JsonGenerator json, String name);

    /// As CSV has it, not quoted yet; empty when it is not known.
    String csv();

    record Text(String text) implements Value {
        @Override
        public Cell cell() {
            return Cell.of(text);
        }

        @Override
        public void write(JsonGenerator json, String name) {
            json.writeStringProperty(name, text);
        }

        @Override
        public String csv() {
            return text;
        }
    }

    record Whole(long number) implements Value {
        @Override
        public Cell cell() {
            return Cell.of(Figures.count(number));
        }

        @Override
        public void write(JsonGenerator json, String name) {
            json.writeNumberProperty(name, number);
        }

        @Override
        public String csv() {
            return Long.toString(number);
        }
    }

    /// A number of 64 bits without a sign.
    record Unsigned(long number) implements Value {
        @Override
        public Cell cell() {
            return Cell.of(csv());
        }

        @Override
        public void write(JsonGenerator json, String name) {
            dev.hotlog.cli.Unsigned.write(json, name, number);
        }

        @Override
        public String csv() {
            return Long.toUnsignedString(number);
        }
    }

    /// Money. JSON has it in millionths of a dollar, under a name that says so; CSV in dollars.
    record Dollars(long micros) implements Value {
        private static final String MILLIONTHS = "_e6";
        private static final int MICRO_DIGITS = 6;

        @Override
        public Cell cell() {
            return Cell.of(Tokens.money(micros));
        }

        @Override
        public void write(JsonGenerator json, String name) {
            json.writeNumberProperty(name + MILLIONTHS, micros);
        }

        @Override
        public String csv() {
            return BigDecimal.valueOf(micros, MICRO_DIGITS).toPlainString();
        }
    }

    /// See [#ABSENT].
    record Absent() implements Value {
        @Override
        public Cell cell() {
            return Cell.of(Figures.ABSENT);
        }

        @Override
        public void write(JsonGenerator json, String name) {
            // Left out.
        }

        @Override
        public String csv() {
            return "";
        }
    }

    /// See [#UNKNOWN].
    record Unknown() implements Value {
        @Override
        public Cell cell() {
            return Names.cell(Optional.empty());
        }

        @Override
        public void write(JsonGenerator json, String name) {
            json.writeNullProperty(name);
        }

        @Override
        public String csv() {
            return "";
        }
    }

    static Value known(Optional<String> text) {
        return text.isPresent() ? new Text(text.get()) : UNKNOWN;
    }

    static Value told(OptionalLong number) {
        return number.isPresent() ? new Whole(number.getAsLong()) : ABSENT;
    }

    static Value told(Optional<String> text) {
        return text.isPresent() ? new Text(text.get()) : ABSENT;
    }

    /// A measure or a sum, which may be absent.
    static Value measure(long value) {
        return value == Measure.ABSENT ? ABSENT : new Whole(value);
    }
}
