// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ImageStorage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Segments that are gone, wherever they stood: each is told with its name, no offset and no epoch is given
/// again, and repair makes the log sound without losing anything else.
class LostSegmentsTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final int OF_SEGMENT = EVENTS / 3;

    /// So long that a takeover does not copy the file whole, and that closing writes an index.
    private static final int LARGE_BYTES = 1 << 20;
    private static final int BEFORE = 6;
    private static final int ALL = 9;

    /// A log whose first writer was killed; the next, which was killed too, or closed, went on in a new file.
    private static DiskImage killed = DiskImage.EMPTY;
    private static DiskImage closed = DiskImage.EMPTY;
    private static String newest = "";
    private static long newestBase;

    @BeforeAll
    static void takeOver() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog first = ParityLog.open(storage);
        append(first, 0, BEFORE);
        storage = Script.killed(storage, first);
        HotLog second = ParityLog.open(storage);
        append(second, BEFORE, ALL);
        killed = Script.killed(storage, second).image();
        FaultyStorage again = new FaultyStorage(killed);
        ParityLog.open(again).close();
        List<String> segments = segments(killed);
        newest = segments.getLast();
        newestBase = SegmentName.base(newest).orElseThrow();
        assertThat(segments).hasSize(2);
        assertThat(newestBase).isPositive().isLessThanOrEqualTo(BEFORE);
        closed = again.image();
        assertThat(segments(closed)).isEqualTo(segments);
        assertThat(closed.files()).containsKey(SegmentName.index(newestBase));
    }

    private static void append(HotLog log, int from, int to) throws LogException {
        for (int seq = from; seq < to; seq++) {
            log.append(Events.event("s", seq, LARGE_BYTES), Durability.FORCED);
        }
    }

    private static List<String> segments(DiskImage image) {
        return image.files().keySet().stream()
                .filter(name -> SegmentName.base(name).isPresent())
                .sorted()
                .toList();
    }

    private static VerifyReport verified(DiskImage image) throws LogException {
        return HotLogReader.verify(new ImageStorage(image), _ -> {});
    }

    private static DiskImage without(DiskImage image, String... names) {
        DiskImage left = image;
        for (String name : names) {
            left = left.without(name);
        }
        return left;
    }

    private static List<Damage> told(DiskImage image) throws LogException {
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(image))) {
            return reader.damage();
        }
    }

    /// The offsets that a reader gives, with the events that it must give there.
    private static List<Long> readable(DiskImage image, List<Event> appended) throws LogException {
        List<Long> offsets = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(image));
                Replay replay = reader.replay().onDamage(_ -> {})) {
            replay.forEach(event -> {
                offsets.add(event.offset());
                assertThat(event.toEvent()).isEqualTo(appended.get((int) event.offset()));
            });
        }
        return offsets;
    }

    private static List<Event> large() {
        return IntStream.range(0, ALL)
                .mapToObj(seq -> Events.event("s", seq, LARGE_BYTES))
                .toList();
    }

    /// What a writer finds that opens it; its next event is appended.
    private static HotLog opened(FaultyStorage storage) throws LogException {
        HotLog log = ParityLog.open(storage);
        log.append(Events.event("later", 0), Durability.FORCED);
        return log;
    }

    /// That repair makes it sound, keeps what can be read, and gives no offset again.
    private static RepairReport isMended(DiskImage image, List<Long> readable, List<Event> appended)
            throws LogException {
        FaultyStorage storage = new FaultyStorage(image);
        VerifyReport found = verified(image);
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        assertThat(report.damage()).isEqualTo(found.damage());
        DiskImage mended = storage.image();
        VerifyReport after = verified(mended);
        assertThat(after.damage()).isEmpty();
        assertThat(after.isSound()).isTrue();
        assertThat(told(mended)).isEmpty();
        assertThat(readable(mended, appended)).isEqualTo(readable);
        try (HotLog log = opened(storage)) {
            assertThat(log.recovery().damage()).isEmpty();
            assertThat(log.nextOffset()).isGreaterThan(appended.size());
        }
        return report;
    }

    private static List<Long> upTo(long to) {
        return IntStream.range(0, (int) to).mapToObj(i -> (long) i).toList();
    }

    // ---- the newest, which a takeover has made

    @Test
    void theNewestFileBehindATakeoverIsToldWithWhatItHad() throws LogException {
        DiskImage lost = without(closed, newest, SegmentName.index(newestBase));
        Damage missing = new Damage("the segment is missing", newest, 0, 0, newestBase, ALL - newestBase);
        assertThat(verified(lost).damage()).containsExactly(missing);
        assertThat(told(lost)).containsExactly(missing);
        assertThat(readable(lost, large())).isEqualTo(upTo(newestBase));
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(lost))) {
            assertThat(reader.offsetOf("s", 0)).hasValue(0);
            assertThatThrownBy(() -> reader.offsetOf("s", ALL - 1))
                    .isInstanceOf(LogException.Damaged.class)
                    .hasMessageContaining(newest);
        }
        assertThat(isMended(lost, upTo(newestBase), large()).lostEvents()).isEqualTo(ALL - newestBase);
    }

    @Test
    void aWriterGoesOnBehindWhatTheNewestFileHad() throws LogException {
        FaultyStorage storage = new FaultyStorage(without(closed, newest, SegmentName.index(newestBase)));
        long lostEpoch =
                SegmentFile.open(new ImageStorage(closed), newest).header().epoch();
        try (HotLog log = opened(storage)) {
            assertThat(log.recovery().nextOffset()).isEqualTo(ALL);
            assertThat(log.recovery().damage()).extracting(Damage::file).containsExactly(newest);
        }
        SegmentFile made = SegmentFile.open(storage, SegmentName.segment(ALL));
        assertThat(made.header().epoch()).isGreaterThan(lostEpoch);
        assertThat(segments(storage.image())).doesNotContain(newest);
        assertThat(verified(storage.image()).damage()).singleElement().satisfies(damage -> {
            assertThat(damage.firstOffset()).isEqualTo(newestBase);
            assertThat(damage.lostEvents()).isEqualTo(ALL - newestBase);
        });
        assertThat(told(storage.image())).hasSize(1);
    }

    @Test
    void ofAFileWhoseWriterWasKilledItIsToldHowManyEventsItHadAtMost() throws LogException {
        DiskImage lost = without(killed, newest);
        assertThat(verified(lost).damage()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(newest);
            assertThat(damage.problem()).startsWith("the segment is missing, with at most ");
            assertThat(damage.firstOffset()).isEqualTo(newestBase);
            assertThat(damage.lostEvents()).isEqualTo(Damage.UNKNOWN);
        });
        try (HotLog log = opened(new FaultyStorage(lost))) {
            // A segment of the greatest length that the options allow may have been lost.
            assertThat(log.recovery().nextOffset())
                    .isGreaterThan(ALL + HotLogOptions.MAX_SEGMENT_BYTES / FrameCursor.LEAST_EVENT_BYTES);
        }
        isMended(lost, upTo(newestBase), large());
    }

    @Test
    void whereNothingWasPublishedTheIndexTellsOfTheNewestFile() throws LogException {
        DiskImage lost = without(closed, newest, Published.NAME);
        assertThat(verified(lost).damage()).extracting(Damage::file).containsExactly(newest);
        assertThat(verified(lost).losses()).hasSize(1);
        assertThat(told(lost)).extracting(Damage::file).containsExactly(newest);
        try (HotLog log = opened(new FaultyStorage(lost))) {
            assertThat(log.recovery().nextOffset()).isGreaterThanOrEqualTo(ALL);
        }
        isMended(lost, upTo(newestBase), large());
    }

    @Test
    void theIndexOfAnotherLogTellsOfNoSegment() throws LogException {
        byte[] foreign = LOG.closed().bytes(SegmentName.index(OF_SEGMENT));
        DiskImage mixed = closed.with(SegmentName.index(OF_SEGMENT), foreign);
        assertThat(verified(mixed).isSound()).isTrue();
        assertThat(told(mixed)).isEmpty();
    }

    @Test
    void whatWasPublishedLongAgoTellsOfNoSegment() throws LogException {
        for (int i = 0; i < LOG.headers().size() - 1; i++) {
            FaultyStorage storage = new FaultyStorage(LOG.killed());
            try (Published.File file = Published.File.open(storage)) {
                file.writeClosed(
                        LOG.headers().get(i).base(), LOG.headers().get(i).epoch(), 1024, EVENTS);
            }
            assertThat(verified(storage.image()).damage()).isEmpty();
            assertThat(told(storage.image())).isEmpty();
        }
    }

    // ---- the first

    @Test
    void theFirstSegmentsAreToldAndTheOthersRead() throws LogException {
        for (int gone = 1; gone < LOG.headers().size(); gone++) {
            DiskImage lost = LOG.closed();
            for (int i = 0; i < gone; i++) {
                lost = without(
                        lost,
                        LOG.segment(i),
                        SegmentName.index(LOG.headers().get(i).base()));
            }
            long first = LOG.headers().get(gone).base();
            Damage missing = new Damage("the segment is missing", LOG.segment(0), 0, 0, 0, first);
            assertThat(verified(lost).damage()).containsExactly(missing);
            assertThat(told(lost)).containsExactly(missing);
            List<Long> left = upTo(EVENTS).subList((int) first, EVENTS);
            assertThat(readable(lost, LOG.events())).isEqualTo(left);
            FaultyStorage storage = new FaultyStorage(lost);
            try (HotLog log = opened(storage)) {
                assertThat(log.recovery().damage()).containsExactly(missing);
                assertThat(log.nextOffset()).isEqualTo(EVENTS + 1);
            }
            assertThat(isMended(lost, left, LOG.events()).lostEvents()).isEqualTo(first);
        }
    }

    @Test
    void anIndexWithoutItsSegmentTellsThatItsOwnIsMissing() throws LogException {
        DiskImage lost = without(LOG.closed(), LOG.segment(0), LOG.segment(1));
        VerifyReport report = verified(lost);
        assertThat(report.damage()).extracting(Damage::file).containsExactly(LOG.segment(0), LOG.segment(1));
        assertThat(report.damage()).extracting(Damage::lostEvents).containsOnly((long) OF_SEGMENT);
        assertThat(report.losses()).hasSize(3);
        RepairReport repaired = isMended(lost, upTo(EVENTS).subList(2 * OF_SEGMENT, EVENTS), LOG.events());
        assertThat(repaired.movedAside()).hasSize(2);
    }

    @Test
    void theLastTwoSegmentsAreTold() throws LogException {
        DiskImage lost = without(LOG.closed(), LOG.segment(1), LOG.segment(2));
        assertThat(verified(lost).damage())
                .extracting(Damage::firstOffset)
                .containsExactly((long) OF_SEGMENT, 2L * OF_SEGMENT);
        try (HotLog log = opened(new FaultyStorage(lost))) {
            assertThat(log.recovery().nextOffset()).isEqualTo(EVENTS);
        }
        isMended(lost, upTo(OF_SEGMENT), LOG.events());
    }

    // ---- all of them

    @Test
    void aLogWhoseSegmentsAreAllGoneIsNotBegunAnew() throws LogException {
        DiskImage gone = without(LOG.closed(), LOG.segment(0), LOG.segment(1), LOG.segment(2));
        DiskImage indexes = without(gone, Published.NAME);
        DiskImage published = without(gone, SegmentName.index(0), SegmentName.index(OF_SEGMENT));
        Map<DiskImage, Integer> told = Map.of(gone, EVENTS, indexes, 2 * OF_SEGMENT, published, EVENTS);
        for (Map.Entry<DiskImage, Integer> entry : told.entrySet()) {
            DiskImage lost = entry.getKey();
            assertThat(verified(lost).damage()).extracting(Damage::file).contains(LOG.segment(0));
            assertThatThrownBy(() -> HotLogReader.open(new ImageStorage(lost)))
                    .isInstanceOf(LogException.Damaged.class)
                    .hasMessageContaining(LOG.segment(0));
            FaultyStorage storage = new FaultyStorage(lost);
            assertThatThrownBy(() -> ParityLog.open(storage))
                    .isInstanceOf(LogException.Damaged.class)
                    .hasMessageContaining("is missing");
            assertThat(segments(storage.image())).isEmpty();
            FaultyStorage mended = new FaultyStorage(lost);
            HotLog.repair(mended, HotLogOptions.DEFAULTS, InstantSource.system());
            assertThat(verified(mended.image()).isSound()).isTrue();
            try (HotLog log = opened(mended)) {
                assertThat(log.nextOffset()).isGreaterThan(entry.getValue());
            }
        }
        Optional<UUID> logId = logIdAfterRepair(gone);
        assertThat(logId).contains(LOG.headers().getFirst().logId());
    }

    private static Optional<UUID> logIdAfterRepair(DiskImage lost) throws LogException {
        FaultyStorage storage = new FaultyStorage(lost);
        HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        try (HotLogReader reader = HotLogReader.open(storage)) {
            return Optional.of(reader.info().logId());
        }
    }

    @Test
    void aFolderInWhichNothingTellsOfALogIsBegunAnew() throws LogException {
        FaultyStorage storage = new FaultyStorage(DiskImage.EMPTY.with(Published.NAME, new byte[0]));
        try (HotLog log = opened(storage)) {
            assertThat(log.nextOffset()).isOne();
        }
    }
}
