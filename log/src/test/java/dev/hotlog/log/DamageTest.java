// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final String SEGMENT = "00000000000000000000.hotlog";
    private static final int EVENTS = 100;

    private final List<Event> events = Events.events("s", EVENTS);
    private final DiskImage sound = log(events);

    private static DiskImage log(List<Event> events) {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            log.append(Batch.of(events), Durability.FORCED);
        } catch (LogException e) {
            throw new UncheckedIOException(e);
        }
        return storage.image();
    }

    /// The log with a flipped bit in the payload of each of these events.
    private FaultyStorage damaged(int... offsets) {
        byte[] bytes = sound.bytes(SEGMENT).clone();
        for (int offset : offsets) {
            byte[] payload = events.get(offset).payload().toBytes();
            bytes[indexOf(bytes, payload) + 5] ^= 1;
        }
        return new FaultyStorage(sound.with(SEGMENT, bytes));
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            int same = 0;
            while (same < part.length && bytes[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    private List<Event> allBut(Integer... lost) {
        List<Event> left = new ArrayList<>(events);
        Stream.of(lost).map(events::get).forEach(left::remove);
        return left;
    }

    @Test
    void ofTheTwoPartsOfAReplayThatMeetADamageOneTellsIt() throws LogException {
        for (int first : new int[] {0, 1, 50, EVENTS - 2}) {
            try (HotLogReader reader = HotLogReader.open(damaged(first, first + 1))) {
                List<Damage> expected = new ArrayList<>();
                List<Event> left =
                        reader.replay().onDamage(expected::add).events().toList();
                for (int most = 1; most <= EVENTS; most++) {
                    List<Damage> told = new ArrayList<>();
                    List<Event> read = new ArrayList<>();
                    for (Replay part : reader.replay().onDamage(told::add).lastFirst(most)) {
                        read.addAll(0, part.events().toList());
                    }
                    assertThat(read).isEqualTo(left);
                    assertThat(told).as("in parts of " + most).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void everythingBehindDamageIsReadAndTheDamageToldWithItsPlace() throws LogException {
        List<Damage> told = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(damaged(50))) {
            assertThat(reader.replay().onDamage(told::add).events()).isEqualTo(allBut(50));
        }
        assertThat(told).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(SEGMENT);
            assertThat(damage.position()).isPositive();
            assertThat(damage.firstOffset()).isEqualTo(50);
            assertThat(damage.lostEvents()).isEqualTo(1);
        });
    }

    @Test
    void damageThatNobodyAskedForIsThrownOnceAndTheNextStepGoesOnBehindIt() throws LogException {
        try (HotLogReader reader = HotLogReader.open(damaged(0, 50, 99))) {
            Iterator<EventView> replay = reader.replay().iterator();
            List<Event> read = new ArrayList<>();
            int thrown = 0;
            for (boolean more = true; more && thrown < 10; ) {
                try {
                    more = replay.hasNext();
                    if (more) {
                        read.add(replay.next().toEvent());
                    }
                } catch (UncheckedIOException e) {
                    assertThat(e).hasCauseInstanceOf(LogException.Damaged.class);
                    thrown++;
                }
            }
            assertThat(thrown).isEqualTo(3);
            assertThat(read).isEqualTo(allBut(0, 50, 99));
        }
    }

    @Test
    void aTailTellsOfDamageOnceAndGoesOnBehindIt() throws Exception {
        try (HotLogReader reader = HotLogReader.open(damaged(50));
                Tail tail = reader.tail(0)) {
            List<Event> read = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                assertThat(tail.next(Duration.ZERO)).isTrue();
                read.add(tail.event().toEvent());
            }
            assertThatThrownBy(() -> tail.next(Duration.ZERO)).isInstanceOf(LogException.Damaged.class);
            while (tail.next(Duration.ZERO)) {
                read.add(tail.event().toEvent());
            }
            assertThat(read).isEqualTo(allBut(50));
        }
    }

    @Test
    void aWriterReportsDamageAndGoesOnBehindIt() throws LogException {
        FaultyStorage storage = damaged(50);
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            assertThat(log.recovery().damage())
                    .singleElement()
                    .satisfies(damage -> assertThat(damage.firstOffset()).isEqualTo(50));
            assertThat(log.append(Events.event("s", EVENTS), Durability.FORCED)).isEqualTo(EVENTS);
        }
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.replay().onDamage(_ -> {}).events()).hasSize(EVENTS);
            assertThatThrownBy(() -> reader.get("s", 50)).isInstanceOf(LogException.Damaged.class);
            assertThat(reader.get("s", 51)).contains(events.get(51));
        }
    }

    @Test
    void aFileThatEndsBeforeWhatWasForcedIsDamaged() throws LogException {
        for (int left = 0; left < EVENTS; left++) {
            DiskImage cut = sound.with(SEGMENT, Arrays.copyOf(sound.bytes(SEGMENT), endOf(left)));
            List<Damage> told = new ArrayList<>();
            try (HotLogReader reader = HotLogReader.open(new FaultyStorage(cut))) {
                assertThat(reader.replay().onDamage(told::add).events()).isEqualTo(events.subList(0, left));
            }
            assertThat(told).as("damage with %s events left", left).hasSize(1);
            assertThat(told.getFirst().firstOffset()).isEqualTo(left);
            FaultyStorage storage = new FaultyStorage(cut);
            try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
                assertThat(log.recovery().damage()).hasSize(1);
                assertThat(log.append(Events.event("later", 0), Durability.FORCED))
                        .isGreaterThanOrEqualTo(EVENTS);
            }
            told.clear();
            try (HotLogReader reader = HotLogReader.open(storage)) {
                assertThat(reader.replay().onDamage(told::add).events()).hasSize(left + 1);
            }
            assertThat(told).as("damage later on").hasSize(1);
        }
    }

    /// The position behind the last of so many events.
    private int endOf(int count) {
        if (count == 0) {
            return 1024;
        }
        byte[] payload = events.get(count - 1).payload().toBytes();
        return indexOf(sound.bytes(SEGMENT), payload) + payload.length + 7 & -8;
    }
}
