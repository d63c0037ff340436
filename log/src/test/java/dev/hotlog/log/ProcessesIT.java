// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Durability;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One log, several processes, the real disk: batches with cursors whose writers are killed at any moment, and readers
/// beside them. (More in [ParityProcessesIT].)
@Timeout(300)
class ProcessesIT {
    private static final int KILLS = Integer.getInteger("hotlog.kills", 20);
    private static final int SEGMENT_BYTES = (64 << 10);
    private static final int PAYLOAD_BYTES = 1_500;

    @TempDir
    private Path folder;

    private Child appending(Path log) {
        return Child.start(AppendingProcess.class, log, SEGMENT_BYTES, PAYLOAD_BYTES);
    }

    private Child reading() {
        return Child.start(ReadingProcess.class, folder, PAYLOAD_BYTES);
    }

    @Test
    void aSecondWriterIsRefusedNamingTheFirstAndADeadOneBlocksNobody() throws Exception {
        try (Child owner = appending(folder)) {
            assertThat(owner.next()).isEqualTo("open 0");
            assertThatThrownBy(() -> HotLog.open(folder))
                    .isInstanceOf(LogException.Locked.class)
                    .hasMessage("process " + owner.pid() + " is writing to the log in " + folder);
            owner.kill();
        }
        HotLog.open(folder).close();
    }

    @Test
    void killedAgainAndAgainNothingThatWasAcknowledgedIsMissing() throws Exception {
        Random random = new Random(Seeds.next());
        long acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Child writer = appending(folder)) {
                long found = number(writer.next(), "open ");
                assertThat(found).isGreaterThanOrEqualTo(acknowledged);
                acknowledged = found;
                writer.order("go");
                for (int batches = random.nextInt(60); batches > 0; batches--) {
                    acknowledged = number(writer.next(), "acknowledged ");
                }
                for (String line : writer.kill()) {
                    // The last line may have been cut.
                    if (line.matches("acknowledged \\d+") && number(line, "acknowledged ") == acknowledged + 3) {
                        acknowledged += 3;
                    }
                }
            }
            holds(acknowledged, kill % 4 == 0);
        }
        System.out.println(KILLS + " kills, " + acknowledged + " acknowledged events");
    }

    private static long number(String line, String before) {
        assertThat(line).startsWith(before);
        return Long.parseLong(line.substring(before.length()));
    }

    private void holds(long acknowledged, boolean all) throws IOException {
        try (HotLogReader reader = HotLogReader.open(folder)) {
            long next = reader.nextOffset();
            assertThat(next).isGreaterThanOrEqualTo(acknowledged);
            assertThat(next % AppendingProcess.BATCH).isZero();
            long at = all ? 0 : Math.max(0, next - 200);
            for (EventView event : reader.replay().from(at)) {
                assertThat(event.offset()).isEqualTo(at);
                assertThat(event.toEvent()).isEqualTo(Events.event(AppendingProcess.SESSION, at, PAYLOAD_BYTES));
                at++;
            }
            assertThat(at).isEqualTo(next);
            for (long seq = Math.max(0, next - 50); seq < next; seq++) {
                assertThat(reader.offsetOf(AppendingProcess.SESSION, seq)).hasValue(seq);
            }
            if (next > 0) {
                assertThat(reader.cursor(AppendingProcess.SOURCE)).contains(Long.toString(next));
            }
        }
    }

    @Test
    void readersBesideRollingKilledAndRecoveringWritersSeeAGrowingPrefixAndLive() throws Exception {
        HotLog.open(folder).close();
        long acknowledged = 0;
        try (Child reader = reading();
                Child other = reading()) {
            assertThat(reader.next()).isEqualTo("reading");
            assertThat(other.next()).isEqualTo("reading");
            for (int kill = 0; kill < 5; kill++) {
                try (Child writer = appending(folder)) {
                    acknowledged = number(writer.next(), "open ");
                    writer.order("go");
                    for (int batches = 0; batches < 150; batches++) {
                        acknowledged = number(writer.next(), "acknowledged ");
                    }
                    writer.kill();
                }
            }
            for (Child each : List.of(reader, other)) {
                each.order("enough");
                assertThat(number(each.next(), "read ")).isGreaterThanOrEqualTo(acknowledged);
                assertThat(each.exitValue()).isZero();
            }
        }
    }

    @Test
    void aWriterInThisProcessIsReadInAnotherAsItGoes() throws Exception {
        try (HotLog log = HotLog.open(folder);
                Child reader = reading()) {
            assertThat(reader.next()).isEqualTo("reading");
            for (int next = 0; next < 300; next += AppendingProcess.BATCH) {
                log.append(AppendingProcess.batch(next, PAYLOAD_BYTES), Durability.GROUP);
            }
            List<String> before = Folder.state(folder);
            reader.order("enough");
            assertThat(reader.next()).isEqualTo("read 300");
            assertThat(reader.exitValue()).isZero();
            assertThat(Folder.state(folder)).isEqualTo(before);
        }
    }
}
