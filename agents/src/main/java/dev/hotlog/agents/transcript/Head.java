// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/// What the first lines of a transcript tell of the whole.
///
/// @param sessionId the first that a line names, as it is written there; empty when none does
/// @param firstMillis the first time in the file, which lines before it borrow, or the file's own when no
///     line has
///     one; empty when there is none at all
/// @param earliestMillis the earliest time in the first lines: lines are not sorted
public record Head(String sessionId, OptionalLong firstMillis, OptionalLong earliestMillis) {
    /// The lines within so many bytes are looked at, and more while no time was found.
    private static final long ENOUGH_BYTES = 16 << 10;

    /// Of a file that has nothing to tell.
    public static final Head EMPTY = new Head("", OptionalLong.empty(), OptionalLong.empty());

    /// The same for a file that was changed last at that time, which its lines borrow when none of them has
    /// one. What is the earliest stays unknown: the time of a file changes with its place.
    public Head ofFile(long modifiedMillis) {
        return firstMillis.isPresent() || modifiedMillis <= 0
                ? this
                : new Head(sessionId, OptionalLong.of(modifiedMillis), earliestMillis);
    }

    /// Of a transcript that is read whole: what its first object tells, or its file.
    public static Head read(Whole whole, Transcript transcript) throws IOException {
        try (Whole.Reading objects = whole.objects()) {
            if (objects.next().orElse(null) instanceof Whole.Step.Taken(JsonSlice first)) {
                OptionalLong millis = transcript.timeOf(first);
                return new Head(transcript.sessionNamedBy(first), millis, millis);
            }
        }
        return EMPTY;
    }

    /// @param limit how many bytes of the file there are
    public static Head read(FileChannel channel, long limit, Transcript transcript) throws IOException {
        String sessionId = "";
        OptionalLong first = OptionalLong.empty();
        OptionalLong earliest = OptionalLong.empty();
        Lines lines = new Lines(channel, 0, limit);
        while ((lines.nextPosition() < ENOUGH_BYTES || first.isEmpty()) && lines.next()) {
            JsonSlice object = lines.firstObject();
            if (sessionId.isEmpty()) {
                sessionId = transcript.sessionNamedBy(object);
            }
            OptionalLong millis = transcript.timeOf(object);
            if (first.isEmpty()) {
                first = millis;
            }
            if (millis.isPresent() && (earliest.isEmpty() || millis.getAsLong() < earliest.getAsLong())) {
                earliest = millis;
            }
        }
        return new Head(sessionId, first, earliest);
    }
}
