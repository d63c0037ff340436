// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/// What one writer after another appends to a log that disks fail under, and how much of it was acknowledged by now: so
/// many events must be there at any time.
final class Course {
    private final Sent sent;
    private final int ahead;
    private final int events;
    private long acknowledged;

    /// @param ahead so many events are sent before the first of them is answered, unless told otherwise
    /// @param events that a writer appends, besides
    Course(long seed, int ahead, int events) {
        this.sent = new Sent(seed);
        this.ahead = ahead;
        this.events = events;
    }

    long acknowledged() {
        return acknowledged;
    }

    /// A writer that goes on until it ends or is ended.
    Writer endless(Program program) throws IOException {
        return endless(program, ahead);
    }

    Writer endless(Program program, int farAhead) throws IOException {
        return Writer.endless(program, sent, acknowledged, farAhead);
    }

    /// Appends more events than are sent ahead; each must be acknowledged.
    void append(Program program) throws Exception {
        long end = acknowledged + ahead + events;
        try (Writer writer = Writer.upTo(end, program, sent, acknowledged, ahead)) {
            assertThat(writer.end()).as(writer.told()).isEqualTo(Program.FINE);
            acknowledged = writer.acknowledged();
        }
        assertThat(acknowledged).isEqualTo(end);
    }

    /// Appends some events, which may fail for one of these reasons only.
    ///
    /// @return whether it went well
    boolean tryToAppend(Program program, int farAhead, String... reasons) throws Exception {
        try (Writer writer = Writer.upTo(acknowledged + events, program, sent, acknowledged, farAhead)) {
            int code = writer.end();
            if (code != Program.FINE) {
                assertThat(code).as(writer.told()).isEqualTo(Program.SYSTEM);
                assertThat(writer.told()).containsAnyOf(reasons);
            }
            acknowledged = writer.acknowledged();
            return code == Program.FINE;
        }
    }

    /// Waits until the system stops the writer; it must tell one of these reasons.
    void ends(Writer writer, String... reasons) throws Exception {
        assertThat(writer.end()).as(writer.told()).isEqualTo(Program.SYSTEM);
        assertThat(writer.told()).containsAnyOf(reasons);
        acknowledged = writer.acknowledged();
    }

    /// Counts what a writer acknowledged until it was killed.
    void killed(Writer writer) {
        acknowledged = writer.acknowledged();
    }

    /// Fails unless all that was acknowledged is there.
    ///
    /// @return how many events there are
    long isThere(Program program) throws IOException, InterruptedException {
        return program.holds(sent, acknowledged);
    }
}
