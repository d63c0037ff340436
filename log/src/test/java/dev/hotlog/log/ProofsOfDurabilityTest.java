// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is known to have been on disk is never called a torn end, whatever came between: the model of the protocol
/// (`model/hotlog.qnt`) found these ways.
class ProofsOfDurabilityTest {
    private static final int EVENTS = 100;

    private final List<Event> events = Events.events("s", EVENTS);

    @Test
    void aCopyThatRecoveryMadeProvesWhatIsInIt() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog first = open(storage);
        appendTo(first);
        storage = Script.killed(storage, first);
        HotLog second = open(storage);
        storage = Script.killed(storage, second);
        FaultyStorage rotten = new FaultyStorage(flipped(storage.image(), 5).without(Published.NAME));

        VerifyReport verified = HotLogReader.verify(rotten, _ -> {});
        assertThat(verified.tornBytes()).isZero();
        assertThat(verified.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.firstOffset()).isEqualTo(5);
            assertThat(damage.lostEvents()).isEqualTo(1);
        });
        try (HotLog third = open(rotten)) {
            assertThat(third.nextOffset()).isEqualTo(EVENTS);
            assertThat(third.recovery().tornBytes()).isZero();
        }
    }

    @Test
    void aClosingMarkThatProvesDamageIsNotWrittenOver() throws LogException {
        aClosingMarkProvesDamage(0);
    }

    @Test
    void aClosingMarkThatProvesDamageWhichAnIndexCoversIsNotWrittenOver() throws LogException {
        aClosingMarkProvesDamage(2 << 20);
    }

    private void aClosingMarkProvesDamage(int firstBytes) throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            log.append(Events.event("first", 0, firstBytes), Durability.FORCED);
            for (Event event : events) {
                log.append(event, Durability.MEMORY);
            }
        }
        assertThat(storage.image().files().keySet().stream().anyMatch(name -> name.endsWith(".idx")))
                .isEqualTo(firstBytes > 0);
        storage = new FaultyStorage(flipped(storage.image(), 90));
        HotLog second = open(storage);
        second.append(Events.event("s", EVENTS), Durability.FORCED);
        // The power cut loses that append: the sector it lay in, and what was published.
        FaultyStorage next = new FaultyStorage(without(storage.image(), EVENTS).without(Published.NAME));
        Script.abandon(second);

        try (HotLog third = open(next)) {
            assertThat(third.nextOffset()).isGreaterThan(EVENTS - 1);
            assertThat(third.recovery().damage()).isNotEmpty();
        }
        try (HotLogReader reader = HotLogReader.open(next)) {
            for (int seq = 0; seq < EVENTS; seq++) {
                if (seq != 90) {
                    assertThat(reader.get("s", seq)).contains(events.get(seq));
                }
            }
        }
    }

    @Test
    void theNamesOfOlderFilesAreOnDiskBeforeThatOfTheOneThatGoesOnFromThem() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog first = open(storage);
        appendTo(first);
        storage = Script.killed(storage, first);
        int before = storage.trace().size();
        open(storage).close();
        List<Operation> takeover =
                storage.trace().subList(before, storage.trace().size());
        assertThat(takeover.stream().filter(ProofsOfDurabilityTest::isOfNames).findFirst())
                .containsInstanceOf(Operation.ForceDirectory.class);
    }

    private static boolean isOfNames(Operation operation) {
        return operation instanceof Operation.ForceDirectory || operation instanceof Operation.Rename;
    }

    private void appendTo(HotLog log) throws LogException {
        for (Event event : events) {
            log.append(event, Durability.FORCED);
        }
    }

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    /// With a flipped bit in that event's payload.
    private DiskImage flipped(DiskImage image, int seq) {
        return changed(image, seq, (bytes, at) -> bytes[at] ^= 1);
    }

    /// With zeros in place of that event's payload and whatever lies behind it.
    private DiskImage without(DiskImage image, int seq) {
        return changed(image, seq, (bytes, at) -> Arrays.fill(bytes, at, bytes.length, (byte) 0));
    }

    private interface Change {
        void at(byte[] bytes, int position);
    }

    private static DiskImage changed(DiskImage image, int seq, Change change) {
        byte[] payload = Events.event("s", seq).payload().toBytes();
        for (String name : image.files().keySet()) {
            byte[] bytes = image.bytes(name).clone();
            int at = SegmentName.base(name).isPresent() ? indexOf(bytes, payload) : -1;
            if (at >= 0) {
                change.at(bytes, at);
                return image.with(name, bytes);
            }
        }
        throw new AssertionError("event " + seq + " is in no segment");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
