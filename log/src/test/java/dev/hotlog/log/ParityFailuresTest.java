// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where the reference fails: rows F1 to F23 of docs/parity.md that need no second process.
class ParityFailuresTest {
    private static final String SEGMENT = ParityLog.FIRST_SEGMENT;

    private final ParityLog log = new ParityLog();

    /// A log whose writer was killed after 10 events, of which the last is cut short.
    private ParityLog torn() throws LogException {
        HotLog writer = log.open();
        for (int seq = 0; seq < 9; seq++) {
            writer.append(Events.event("s", seq));
        }
        writer.flush();
        log.storage().faults().failNext(operation -> operation instanceof Operation.Write, Fault.SHORT_WRITE);
        assertThatThrownBy(() -> writer.append(Events.event("s", 9, 5000), Durability.FORCED))
                .isInstanceOf(LogException.Stopped.class);
        return log.killed();
    }

    @Test
    void f01EventsAppendedBehindATornEndAreAllThere() throws LogException {
        torn();
        try (HotLog writer = log.open()) {
            assertThat(writer.recovery().outcome()).isEqualTo(RecoveryReport.Outcome.RECOVERED);
            assertThat(writer.recovery().tornBytes()).isPositive();
            assertThat(log.storage().list()).contains(writer.recovery().keptIn());
        }
        log.appended("s", 9, 109);
        assertThat(log.replayed()).isEqualTo(ParityLog.seqs(0, 109));
    }

    @Test
    void f02AWriteThatWasCutAnywhereCostsNothingThatCameBefore() throws LogException {
        for (int kept = 0; kept < 64; kept++) {
            ParityLog cut = new ParityLog().appended("s", 0, 5);
            int length = cut.bytes(SEGMENT).length;
            int begin = cut.positionOf(4);
            int end = begin + kept;
            cut.changed(SEGMENT, bytes -> Arrays.fill(bytes, Math.min(end, length), length, (byte) 0));
            cut.with(cut.storage().image().without("published"));
            cut.appended("s", 5, 105);
            assertThat(cut.replayed()).containsAll(ParityLog.seqs(0, 4)).containsAll(ParityLog.seqs(5, 105));
        }
    }

    @Test
    void f03AfterAFailedWriteNothingIsAppendedUntilTheLogIsOpenedAgain() throws LogException {
        HotLog writer = log.open();
        writer.append(Events.event("s", 0), Durability.FORCED);
        log.storage().faults().failNext(operation -> operation instanceof Operation.Write, Fault.DISK_FULL);
        assertThatThrownBy(() -> writer.append(Events.event("s", 1), Durability.FORCED))
                .isInstanceOf(LogException.Stopped.class)
                .hasMessageContaining("No space left");
        assertThatThrownBy(() -> writer.append(Events.event("s", 2))).isInstanceOf(LogException.Stopped.class);
        assertThatThrownBy(writer::close).isInstanceOf(LogException.Stopped.class);
        assertThat(log.replayed()).containsExactly(0L);
        log.killed().appended("s", 1, 101);
        assertThat(log.replayed()).isEqualTo(ParityLog.seqs(0, 101));
    }

    @Test
    void f04DamageInTheMiddleIsToldAndEverythingBehindItIsStillRead() throws LogException {
        log.appended("s", 0, 1000);
        int position = log.positionOf(500);
        log.changed(SEGMENT, bytes -> bytes[position] ^= 1);
        List<Damage> damage = new ArrayList<>();
        List<Long> seqs = log.replayed(damage);
        assertThat(seqs).hasSize(999).doesNotContain(500L).endsWith(999L);
        assertThat(damage).singleElement().satisfies(told -> {
            assertThat(told.file()).isEqualTo(SEGMENT);
            assertThat(told.firstOffset()).isEqualTo(500);
            assertThat(told.lostEvents()).isEqualTo(1);
            assertThat(told.position()).isBetween(position - 80L, (long) position);
        });
        assertThatThrownBy(log::events).hasMessageContaining("offset 500");
    }

    @Test
    void f05ZerosAtTheEndAreUnwrittenSpace() throws LogException {
        log.appended("s", 0, 10);
        byte[] longer = Arrays.copyOf(log.bytes(SEGMENT), log.bytes(SEGMENT).length + 8);
        log.with(log.storage().image().with(SEGMENT, longer));
        assertThat(log.replayed()).isEqualTo(ParityLog.seqs(0, 10));
        log.appended("s", 10, 20);
        assertThat(log.replayed()).isEqualTo(ParityLog.seqs(0, 20));
    }

    @Test
    void f06AnOddPayloadHarmsNoNeighbour() throws LogException {
        String deep = "[".repeat(200) + "]".repeat(200);
        List<String> odd = List.of(deep, "not json {{{", "\u0000\n\r", "\uD800 alone", "");
        try (HotLog writer = log.open()) {
            writer.append(Events.event("s", 0));
            for (int i = 0; i < odd.size(); i++) {
                writer.append(Event.of("odd", i).payload(odd.get(i)).build());
            }
            writer.append(Events.event("s", 1));
        }
        assertThat(log.events()).hasSize(odd.size() + 2).endsWith(Events.event("s", 1));
        assertThat(log.events().get(1).payload().toString()).isEqualTo(deep);
        assertThat(log.events().get(2).payload().toString()).isEqualTo("not json {{{");
    }

    @Test
    void f07NothingIsWrittenIntoAFileThatIsNotOurs() throws LogException {
        for (int length : new int[] {0, 5, 8, 2000}) {
            byte[] foreign =
                    Arrays.copyOf("#!/bin/sh something else entirely".getBytes(StandardCharsets.UTF_8), length);
            FaultyStorage storage = new FaultyStorage(DiskImage.of(Map.of(SEGMENT, foreign)));
            assertThatThrownBy(() -> ParityLog.open(storage)).isInstanceOf(LogException.class);
            assertThat(storage.image().bytes(SEGMENT)).isEqualTo(foreign);
        }
    }

    @Test
    void f09KilledAtAnyMomentOfTheFirstOpeningTheLogOpens() throws LogException {
        for (long n = 1; ; n++) {
            FaultyStorage storage = new FaultyStorage();
            storage.faults().failFrom(n, Fault.IO_ERROR);
            try {
                ParityLog.open(storage).append(Events.event("s", 0), Durability.FORCED);
            } catch (LogException _) {
                // as meant
            }
            boolean reached = storage.faults().reached();
            ParityLog after = new ParityLog(storage.crashed(n));
            after.appended("s", 1, 5);
            assertThat(after.replayed()).containsAll(ParityLog.seqs(1, 5));
            if (!reached) {
                assertThat(n).isGreaterThan(5);
                return;
            }
        }
    }

    @Test
    void f10AnIndexNeverLeadsToAnotherEvent() throws LogException {
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
        for (int cut = 0; cut < 30; cut++) {
            FaultyStorage storage = new FaultyStorage();
            storage.faults().failFrom(20 + cut * 7, Fault.IO_ERROR);
            try (HotLog writer = HotLog.open(storage, small, InstantSource.system())) {
                for (int i = 0; i < 400; i++) {
                    writer.append(Events.event("s" + i % 3, i, 500));
                }
            } catch (LogException _) {
                // as meant
            }
            FaultyStorage after = storage.crashed(cut);
            ParityLog.open(after).close();
            try (HotLogReader reader = HotLogReader.open(after)) {
                for (int i = 0; i < 400; i++) {
                    Event expected = Events.event("s" + i % 3, i, 500);
                    assertThat(reader.get("s" + i % 3, i).orElse(expected)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void f11WhatReplaysIsAlsoFound() throws LogException {
        HotLog writer = log.open();
        for (int seq = 0; seq < 100; seq++) {
            writer.append(Events.event("s", seq));
        }
        writer.awaitDurable(99);
        log.killed();
        for (boolean recovered : new boolean[] {false, true}) {
            if (recovered) {
                log.open().close();
            }
            try (HotLogReader reader = log.reader();
                    Replay replay = reader.replay()) {
                int events = 0;
                for (EventView event : replay) {
                    assertThat(reader.offsetOf("s", event.seq())).hasValue(event.offset());
                    events++;
                }
                assertThat(events).isEqualTo(100);
            }
        }
    }

    @Test
    void f12ADeletedIndexIsBuiltAgain() throws LogException {
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
        try (HotLog writer = HotLog.open(log.storage(), small, InstantSource.system())) {
            for (int seq = 0; seq < 300; seq++) {
                writer.append(Events.event("s", seq, 600));
            }
        }
        DiskImage image = log.storage().image();
        List<String> indexes = image.files().keySet().stream()
                .filter(name -> name.endsWith(".idx"))
                .toList();
        assertThat(indexes).hasSizeGreaterThan(1);
        for (String index : indexes) {
            image = image.without(index);
        }
        log.with(image);
        try (HotLogReader reader = log.reader()) {
            for (int seq = 0; seq < 300; seq++) {
                assertThat(reader.get("s", seq)).contains(Events.event("s", seq, 600));
            }
            assertThat(reader.sessions().findFirst().orElseThrow().totals().events())
                    .isEqualTo(300);
        }
    }

    @Test
    void f13AfterAFailedForceTheWriterStopsAndATriedEventIsNotDoubled() throws LogException {
        HotLog writer = log.open();
        writer.append(Events.event("s", 0), Durability.FORCED);
        log.storage().faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
        assertThatThrownBy(() -> writer.append(Events.event("s", 1), Durability.FORCED))
                .isInstanceOf(LogException.Stopped.class);
        assertThatThrownBy(writer::flush).isInstanceOf(LogException.Stopped.class);
        assertThatThrownBy(writer::close).isInstanceOf(LogException.Stopped.class);
        log.killed();
        try (HotLog again = log.open()) {
            again.append(Events.event("s", 1), Durability.FORCED);
        }
        assertThat(log.replayed()).containsExactly(0L, 1L);
        // What was acknowledged after reopening is on disk, whatever the page cache had said before.
        assertThat(new ParityLog(log.storage().crashed(3)).replayed()).containsExactly(0L, 1L);
    }

    @Test
    void f14SeqsOutOfOrderKeepTheHighestAsTheLast() throws LogException {
        try (HotLog writer = log.open()) {
            writer.append(Events.event("s", 5));
            writer.append(Events.event("s", 3));
        }
        try (HotLogReader reader = log.reader()) {
            SessionSummary session = reader.session("s").orElseThrow();
            assertThat(session.lastSeq()).isEqualTo(5);
            assertThat(session.firstOffset()).isZero();
            assertThat(session.lastOffset()).isEqualTo(1);
        }
    }

    @Test
    void f15TheSameEventAgainIsANoOpAndAnotherUnderItsKeyAnError() throws LogException {
        Event other = Events.event("s", 0, 50);
        for (int opening = 0; opening < 2; opening++) {
            try (HotLog writer = log.open()) {
                assertThat(writer.append(Events.event("s", 0))).isZero();
                Receipt receipt = writer.append(Batch.of(Events.event("s", 0)));
                assertThat(receipt.isDuplicate(0)).isTrue();
                assertThat(receipt.offset(0)).isZero();
                assertThatThrownBy(() -> writer.append(other))
                        .isInstanceOfSatisfying(
                                LogException.KeyTaken.class,
                                taken -> assertThat(taken.offset()).isZero());
                assertThatThrownBy(() -> writer.append(Batch.of(Events.event("s", 77), other)))
                        .isInstanceOf(LogException.KeyTaken.class);
            }
        }
        assertThat(log.events()).containsExactly(Events.event("s", 0));
    }

    @Test
    void f18AKindFromTheFutureComesBackAsItWas() throws LogException {
        try (HotLog writer = log.open()) {
            writer.append(Event.of("s", 0).kind(Kind.of("Approval")).build());
        }
        assertThat(log.events().getFirst().kind().name()).isEqualTo("Approval");
    }

    @Test
    void f19PayloadsComeBackByteForByte() throws LogException {
        String payload = "{\"d\": 0.1000000000000000055511151231257827,  \"e\":1E400, \"u\":\"\\u00e9é🎉\"}";
        try (HotLog writer = log.open()) {
            writer.append(Event.of("s", 0).payload(payload).build());
        }
        assertThat(log.events().getFirst().payload().toBytes()).isEqualTo(payload.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void f21NothingWaitsForLongerThanTheGroupRule() throws LogException {
        HotLog writer = log.open();
        long offset = writer.append(Events.event("s", 0), Durability.GROUP);
        assertThat(writer.durableOffset()).isGreaterThan(offset);
        writer.append(Events.event("s", 1));
        writer.awaitDurable(1);
        assertThat(new ParityLog(log.storage().crashed(1)).replayed()).containsExactly(0L, 1L);
    }

    @Test
    void f22FoldersAreForcedAfterEveryNewName() throws LogException {
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
        HotLog writer = HotLog.open(log.storage(), small, InstantSource.system());
        for (int seq = 0; seq < 300; seq++) {
            writer.append(Events.event("s", seq, 600), Durability.GROUP);
        }
        List<Operation> trace = log.storage().trace();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i) instanceof Operation.Rename(String _, String to) && to.endsWith(".hotlog")) {
                assertThat(trace.get(i + 1)).isInstanceOf(Operation.ForceDirectory.class);
            }
        }
        FaultyStorage left = log.storage().crashed(5);
        DeadWriter.bury(left);
        assertThat(new ParityLog(left).replayed()).isEqualTo(ParityLog.seqs(0, 300));
    }

    @Test
    void f23TheLogIsManyFilesAndIsReadFromAnyOffset() throws LogException {
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
        try (HotLog writer = HotLog.open(log.storage(), small, InstantSource.system())) {
            for (int seq = 0; seq < 1000; seq++) {
                writer.append(Events.event("s", seq, 300));
            }
        }
        try (HotLogReader reader = log.reader()) {
            assertThat(reader.info().segments()).isGreaterThan(4);
            for (long from : new long[] {0, 1, 63, 64, 65, 500, 999, 1000, 5000}) {
                try (Replay replay = reader.replay().from(from)) {
                    assertThat(replay.events().map(Event::seq).toList())
                            .isEqualTo(ParityLog.seqs((int) Math.min(from, 1000), 1000));
                }
            }
        }
    }
}
