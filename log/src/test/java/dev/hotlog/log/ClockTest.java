// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Promise I16: times are data. Whatever the clock says, nothing is put in another order, and nothing kept is lost.
class ClockTest {
    private static final int WRITERS = 6;
    private static final int EVENTS = 150;
    private static final int PAYLOAD_BYTES = 700;
    private static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
    private static final String FIRST = SegmentName.segment(0);

    private FaultyStorage storage = new FaultyStorage();

    /// What clocks do.
    enum Clock {
        STANDS_STILL {
            @Override
            Instant at(int look) {
                return Instant.EPOCH;
            }
        },
        GOES_BACK {
            @Override
            Instant at(int look) {
                return Instant.parse("2026-01-01T00:00:00Z").minusSeconds(86_400L * look);
            }
        },
        JUMPS_BY_CENTURIES {
            @Override
            Instant at(int look) {
                return look % 2 == 0 ? Instant.parse("9999-12-31T23:59:59Z") : Instant.parse("1815-12-10T00:00:00Z");
            }
        };

        abstract Instant at(int look);

        InstantSource source() {
            AtomicInteger looks = new AtomicInteger();
            return () -> at(looks.getAndIncrement());
        }
    }

    @ParameterizedTest
    @EnumSource
    void noOrderAndNoOffsetDependsOnTheClock(Clock clock) throws LogException {
        InstantSource source = clock.source();
        List<Event> sent = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            HotLog log = HotLog.open(storage, OPTIONS, source);
            assertThat(log.nextOffset()).isEqualTo(sent.size());
            for (int i = 0; i < EVENTS; i++) {
                Event event = Events.event("s", sent.size(), PAYLOAD_BYTES);
                assertThat(log.append(event, Durability.FORCED)).isEqualTo(sent.size());
                sent.add(event);
            }
            if (writer % 2 == 0) {
                log.close();
            } else {
                storage = storage.killed();
                Script.abandon(log);
            }
        }

        assertThat(storage.list().stream().filter(name -> SegmentName.base(name).isPresent()))
                .hasSizeGreaterThan(WRITERS);
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.replay().events()).isEqualTo(sent);
            for (Event event : sent) {
                assertThat(reader.get(event.sessionId(), event.seq())).contains(event);
            }
        }
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
    }

    @Test
    void repairsUnderAClockThatStandsStillKeepEveryFileThatTheyMoveAside() throws LogException {
        written();
        byte[] diary = "Dear diary, ".repeat(200).getBytes(StandardCharsets.UTF_8);
        byte[] letter = "Dear Ada, ".repeat(200).getBytes(StandardCharsets.UTF_8);
        for (byte[] foreign : List.of(diary, letter)) {
            storage = new FaultyStorage(storage.image().with(SegmentName.segment(9), foreign));
            assertThat(repaired().movedAside()).isNotEmpty();
        }
        assertThat(storage.image().files().values()).contains(diary, letter);
    }

    /// Not of the clock, but of the other number that names what is kept: an epoch that was lost with its header.
    @Test
    void aHeaderThatIsLostAgainAfterARepairCostsNoFileThatWasKept() throws LogException {
        written();
        List<byte[]> lost = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            byte[] headless = storage.image().bytes(FIRST).clone();
            headless[0] ^= 1;
            headless[512] ^= (byte) (1 << time);
            lost.add(headless);
            storage = new FaultyStorage(
                    storage.image().without(SegmentName.index(0)).with(FIRST, headless));
            assertThat(repaired().segmentsRewritten()).isOne();
        }
        assertThat(storage.image().files().values()).contains(lost.toArray(byte[][]::new));
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.replay().events()).hasSize(EVENTS);
        }
    }

    private void written() throws LogException {
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            for (int i = 0; i < EVENTS; i++) {
                log.append(Events.event("s", i));
            }
        }
    }

    private RepairReport repaired() throws LogException {
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, Clock.STANDS_STILL.source());
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
        return report;
    }
}
