// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.segment.SegmentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What answers from the index say when the log has lost events, and what a file costs that is not the log's own.
class LostEventsTest {
    private static final int EVENTS = 1_500;

    @TempDir
    private Path temp;

    private SampleLog log;
    private int copies;

    @BeforeEach
    void makeLog() throws LogException {
        log = SampleLog.of(temp.resolve("log"), EVENTS);
    }

    private SampleLog copy() throws IOException {
        return log.copyTo(temp.resolve("copy-" + copies++));
    }

    private String middle() throws IOException {
        return log.segments().get(1);
    }

    private String last() throws IOException {
        return log.segments().getLast();
    }

    private static String indexOf(String segment) {
        return segment.replace(".hotlog", ".idx");
    }

    private static List<Damage> lost(SampleLog of) throws LogException {
        try (HotLogReader reader = HotLogReader.open(of.directory())) {
            return reader.damage();
        }
    }

    private static long eventsOfSessions(SampleLog of) throws LogException {
        try (HotLogReader reader = HotLogReader.open(of.directory());
                Stream<SessionSummary> sessions = reader.sessions()) {
            return sessions.mapToLong(session -> session.totals().events()).sum();
        }
    }

    @Test
    void aSoundLogHasLostNothing() throws IOException {
        assertThat(lost(log)).isEmpty();
        for (String index : log.indexes()) {
            assertThat(lost(copy().delete(index))).isEmpty();
        }
    }

    @Test
    void anIndexThatKnowsADamagedEventStillCountsIt() throws IOException {
        long offset = log.eventsIn(middle()).get(7);
        SampleLog damaged = copy().flip(middle(), log.frame(offset).from() + 40);
        assertThat(lost(damaged)).isEmpty();
        assertThat(eventsOfSessions(damaged)).isEqualTo(EVENTS);
        Event event = log.appended(offset);
        List<Damage> told = damaged.verify().damage();
        try (HotLogReader reader = HotLogReader.open(damaged.directory())) {
            assertThatThrownBy(() -> reader.get(event.sessionId(), event.seq()))
                    .isInstanceOfSatisfying(
                            LogException.Damaged.class, e -> assertThat(told).containsExactly(e.damage()));
            List<Damage> met = new ArrayList<>();
            assertThat(reader.replay()
                            .session(event.sessionId())
                            .onDamage(met::add)
                            .events())
                    .doesNotContain(event)
                    .contains(log.appended(offset + 3));
            assertThat(met).isEqualTo(told);
        }
    }

    @Test
    void timesThatASegmentHasNoneOfLeaveItAloneUnlessItsIndexLacksSome() throws IOException {
        long offset = log.eventsIn(middle()).get(7);
        long before = log.appended(log.eventsIn(middle()).getFirst()).tsMillis();
        long behind = log.appended(log.eventsIn(middle()).getLast()).tsMillis() + 1;
        SampleLog damaged = copy().flip(middle(), log.frame(offset).from() + 40);

        assertThat(damageMet(damaged, Long.MIN_VALUE, Long.MAX_VALUE)).hasSize(1);
        assertThat(damageMet(damaged, behind - 1, Long.MAX_VALUE)).hasSize(1);
        assertThat(damageMet(damaged, behind, Long.MAX_VALUE)).isEmpty();
        assertThat(damageMet(damaged, 1, before + 1)).hasSize(1);
        assertThat(damageMet(damaged, 1, before)).isEmpty();
        // An event of no known time would be before all others.
        assertThat(damageMet(damaged, 0, before)).hasSize(1);
        damaged.delete(indexOf(middle()));
        assertThat(damageMet(damaged, behind, Long.MAX_VALUE)).hasSize(1);
    }

    private static List<Damage> damageMet(SampleLog of, long sinceMillis, long untilMillis) throws LogException {
        List<Damage> met = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(of.directory());
                Replay replay = reader.replay().since(sinceMillis).until(untilMillis)) {
            replay.onDamage(met::add).events().forEach(_ -> {});
        }
        return met;
    }

    @Test
    void sumsThatLackADamagedEventAreToldToLackIt() throws IOException {
        for (String segment : log.segments()) {
            long offset = log.eventsIn(segment).get(7);
            SampleLog damaged = copy().flip(segment, log.frame(offset).from() + 40);
            if (log.indexes().contains(indexOf(segment))) {
                damaged.delete(indexOf(segment));
            }
            assertThat(eventsOfSessions(damaged)).isEqualTo(EVENTS - 1);
            assertThat(lost(damaged)).as(segment).singleElement().satisfies(damage -> {
                assertThat(damage.file()).isEqualTo(segment);
                assertThat(damage.position()).isEqualTo(log.frame(offset).from());
                assertThat(damage.firstOffset()).isEqualTo(offset);
                assertThat(damage.lostEvents()).isEqualTo(1);
            });
        }
    }

    @Test
    void anIndexThatWasWrittenOverDamageDoesNotHideIt() throws IOException {
        long offset = log.eventsIn(last()).get(7);
        SampleLog damaged = copy().flip(last(), log.frame(offset).from() + 40);
        try (HotLog writer = HotLog.open(damaged.directory(), SampleLog.OPTIONS)) {
            assertThat(writer.recovery().damage()).hasSize(1);
            for (int i = EVENTS; i < 2 * EVENTS; i++) {
                writer.append(SampleLog.event(i));
            }
        }
        assertThat(damaged.indexes()).contains(indexOf(last()));
        long left = 2 * EVENTS - 1L;
        assertThat(eventsOfSessions(damaged)).isEqualTo(left);
        List<Damage> told = damaged.verify().damage();
        assertThat(lost(damaged))
                .isEqualTo(
                        told.stream().filter(damage -> damage.lostEvents() != 0).toList());
    }

    @Test
    void aLostEventIsNotTheSameAsOneThatNeverWas() throws IOException {
        SampleLog damaged = copy().delete(middle()).delete(indexOf(middle()));
        long there = log.eventsIn(last()).getFirst();
        long gone = log.eventsIn(middle()).getFirst();
        try (HotLogReader reader = HotLogReader.open(damaged.directory())) {
            Event readable = log.appended(there);
            Event unreadable = log.appended(gone);
            assertThat(reader.get(readable.sessionId(), readable.seq())).contains(readable);
            assertThatThrownBy(() -> reader.get(unreadable.sessionId(), unreadable.seq()))
                    .isInstanceOf(LogException.Damaged.class)
                    .hasMessageContaining(middle() + ", is missing");
            assertThatThrownBy(() -> reader.offsetOf("never", 1)).isInstanceOf(LogException.Damaged.class);
        }
        damaged.repair();
        assertThat(lost(damaged)).isEmpty();
        try (HotLogReader reader = HotLogReader.open(damaged.directory())) {
            Event unreadable = log.appended(gone);
            assertThat(reader.get(unreadable.sessionId(), unreadable.seq())).isEmpty();
        }
    }

    @Test
    void aMissingSegmentIsToldByEveryOneWhoOpensTheLog() throws Exception {
        SampleLog damaged = copy().delete(middle()).delete(indexOf(middle()));
        int gone = log.eventsIn(middle()).size();
        assertThat(lost(damaged)).singleElement().satisfies(damage -> {
            assertThat(damage.problem()).contains(middle());
            assertThat(damage.lostEvents()).isEqualTo(gone);
        });
        try (HotLogReader reader = HotLogReader.open(damaged.directory());
                Tail tail = reader.tail(0)) {
            assertThatThrownBy(() -> tail.next(Duration.ZERO)).isInstanceOf(LogException.Damaged.class);
            int events = 0;
            while (tail.next(Duration.ZERO)) {
                events++;
            }
            assertThat(events).isEqualTo(EVENTS - gone);
        }
        try (HotLogReader reader = HotLogReader.open(damaged.directory());
                Tail tail = reader.tail(log.eventsIn(last()).getFirst())) {
            assertThat(tail.next(Duration.ZERO))
                    .as("damage before the first event asked for")
                    .isTrue();
        }
        try (HotLog writer = HotLog.open(damaged.directory(), SampleLog.OPTIONS)) {
            assertThat(writer.recovery().damage()).hasSize(1);
            writer.append(SampleLog.event(EVENTS));
        }
    }

    // ---- files that are not the log's

    private static final byte[] DIARY = "Dear diary, ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void aForeignFileInPlaceOfASegmentCostsThatSegmentAlone() throws IOException {
        SampleLog other = SampleLog.of(temp.resolve("other"), EVENTS);
        for (byte[] foreign :
                List.of(DIARY, other.bytes(middle()), log.bytes(log.segments().getFirst()))) {
            SampleLog mixed = copy().write(middle(), foreign);
            List<Long> gone = log.eventsIn(middle());
            mixed.hasAllBut(gone);
            assertThat(lost(mixed)).singleElement().satisfies(damage -> {
                assertThat(damage.file()).isEqualTo(middle());
                assertThat(damage.lostEvents()).isEqualTo(gone.size());
            });
            assertThat(mixed.verify().isSound()).isFalse();
            mixed.goesOn();
            mixed.repair();
            assertThat(mixed.verify().isSound()).isTrue();
            mixed.hasAllBut(gone);
            assertThat(kept(mixed)).anyMatch(file -> hasBytes(file, foreign));
        }
    }

    @Test
    void aStrayFileUnderTheNameOfASegmentThatNeverWasIsLeftAloneUntilRepair() throws IOException {
        for (String stray : List.of("00000000000000999999.hotlog", "09223372036854775807.hotlog")) {
            SampleLog mixed = copy().write(stray, DIARY);
            mixed.hasAllBut(List.of());
            assertThat(lost(mixed)).singleElement().satisfies(damage -> {
                assertThat(damage.toString()).contains("is not a hotlog file", stray, "no event lost");
            });
            assertThat(mixed.verify().isSound()).isFalse();
            mixed.goesOn();
            assertThat(mixed.bytes(stray)).isEqualTo(DIARY);
            mixed.repair();
            assertThat(mixed.verify().isSound()).isTrue();
            assertThat(mixed.segments()).doesNotContain(stray);
            mixed.hasAllBut(List.of());
            assertThat(kept(mixed)).anyMatch(file -> hasBytes(file, DIARY));
        }
    }

    @Test
    void aStrayFileAmongTheSegmentsCostsNothing() throws IOException {
        for (String segment : log.segments()) {
            for (long into : new long[] {1, 5, log.eventsIn(segment).size() - 1}) {
                String stray = SegmentName.segment(log.eventsIn(segment).getFirst() + into);
                for (byte[] foreign : List.of(DIARY, log.bytes(middle()))) {
                    SampleLog mixed = copy().write(stray, foreign);
                    mixed.hasAllBut(List.of());
                    assertThat(lost(mixed)).singleElement().satisfies(damage -> {
                        assertThat(damage.file()).isEqualTo(stray);
                        assertThat(damage.lostEvents()).isZero();
                    });
                    mixed.goesOn();
                    mixed.repair();
                    assertThat(mixed.verify().isSound()).isTrue();
                    mixed.hasAllBut(List.of());
                }
            }
        }
    }

    @Test
    void aTailFromWithinAMissingSegmentTellsOfIt() throws Exception {
        SampleLog damaged = copy().delete(middle()).delete(indexOf(middle()));
        long within = log.eventsIn(middle()).get(9);
        try (HotLogReader reader = HotLogReader.open(damaged.directory());
                Tail tail = reader.tail(within)) {
            assertThatThrownBy(() -> tail.next(Duration.ZERO)).isInstanceOf(LogException.Damaged.class);
            assertThat(tail.next(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void aMissingSegmentOrALostHeaderIsNoRecovery() throws IOException {
        for (SampleLog damaged :
                List.of(copy().delete(middle()).delete(indexOf(middle())), copy().fill(middle(), 0, 1024, 7))) {
            try (HotLogReader reader = HotLogReader.open(damaged.directory())) {
                assertThat(reader.info().lastRecoveryMillis()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aFileInTheWayOfTheNextSegmentIsNotWrittenOver() throws IOException {
        Path directory = temp.resolve("in-the-way");
        Path inTheWay = directory.resolve(log.segments().get(1));
        int appended = 0;
        try (HotLog writer = HotLog.open(directory, SampleLog.OPTIONS)) {
            writer.append(SampleLog.event(appended++), Durability.FORCED);
            // Where this log's next segment begins no other event than in the sample's: it has the same events.
            for (long first = 0; first < log.eventsIn(log.segments().getFirst()).size() - 10; first++) {
                writer.append(SampleLog.event(appended++));
            }
            for (long base = appended; base < appended + 200L; base++) {
                Files.write(directory.resolve(SegmentName.segment(base)), DIARY);
            }
            assertThatThrownBy(() -> appendUntilStopped(writer, EVENTS))
                    .isInstanceOf(LogException.Stopped.class)
                    .hasMessageContaining("is in the way");
        } catch (LogException.Stopped e) {
            assertThat(e).hasMessageContaining("is in the way");
        }
        assertThat(inTheWay).hasBinaryContent(DIARY);
        assertThat(HotLog.repair(directory).movedAside()).hasSize(200);
        try (HotLog writer = HotLog.open(directory, SampleLog.OPTIONS)) {
            assertThat(writer.nextOffset()).isGreaterThanOrEqualTo(appended);
            for (int i = 0; i < EVENTS; i++) {
                writer.append(SampleLog.event(i));
            }
        }
        try (HotLogReader reader = HotLogReader.open(directory)) {
            assertThat(reader.replay().events().filter(event -> event.seq() < EVENTS))
                    .hasSize(EVENTS);
        }
    }

    private static void appendUntilStopped(HotLog writer, int from) throws LogException {
        for (int i = from; i < from + EVENTS; i++) {
            writer.append(SampleLog.event(i));
        }
    }

    @Test
    void whichOfTwoLogsIsMeantIsNotGuessed() throws IOException {
        SampleLog other = SampleLog.of(temp.resolve("other"), EVENTS);
        SampleLog mixed = copy();
        List<String> segments = mixed.segments();
        for (String segment : segments.subList(segments.size() / 2, segments.size())) {
            mixed.write(segment, other.bytes(segment));
        }
        if (segments.size() % 2 == 1) {
            mixed.delete(segments.getLast());
        }
        assertThatThrownBy(mixed::verify)
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining("belongs to another log than");
        assertThatThrownBy(() -> HotLog.open(mixed.directory())).isInstanceOf(LogException.UnsupportedFormat.class);
    }

    private static List<Path> kept(SampleLog of) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> aside = Files.list(of.directory().resolve("damaged"))) {
            aside.forEach(files::add);
        }
        return files;
    }

    private static boolean hasBytes(Path file, byte[] bytes) {
        try {
            return Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
