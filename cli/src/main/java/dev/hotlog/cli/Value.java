// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Measure;
import java.util.Optional;
import java.util.OptionalLong;

/// What a field of a [Listing] holds, before anyone has written it down.
sealed interface Value {
    /// Nobody told it. JSON leaves it out.
    Value ABSENT = new Absent();
    /// It has a value that is not known. In JSON it is null.
    Value UNKNOWN = new Unknown();

    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}

    /// A number of 64 bits without a sign.
    record Unsigned(long number) implements Value {}

    /// Money. JSON has it in millionths of a dollar, under a name that says so; CSV in dollars.
    record Dollars(long micros) implements Value {}

    /// See [#ABSENT].
    record Absent() implements Value {}

    /// See [#UNKNOWN].
    record Unknown() implements Value {}

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
