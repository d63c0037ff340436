// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.recovery.Recovery;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ImageStorage;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What opening believes of what it finds, and what it clears away.
class RecoveryTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final String LAST = LOG.segment(2);
    private static final int SMALL_BYTES = 64 << 10;
    private static final HotLogOptions SMALL = HotLogOptions.DEFAULTS.withSegmentBytes(SMALL_BYTES);
    private static final int SEGMENTS = 8;

    private FaultyStorage storage = new FaultyStorage(LOG.closed());

    private RecoveryReport opened(DiskImage image) throws LogException {
        storage = new FaultyStorage(image);
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            return log.recovery();
        }
    }

    private static DiskImage published(DiskImage image, long base, long nextOffset) throws LogException {
        FaultyStorage storage = new FaultyStorage(image);
        try (Published.File file = Published.File.open(storage)) {
            file.writeClosed(base, LOG.headers().size(), SegmentHeader.FIRST_FRAME, nextOffset);
        }
        return storage.image();
    }

    private static long epochOfLast(FaultyStorage storage) throws LogException {
        return SegmentFile.open(storage, LAST).header().epoch();
    }

    @Test
    void filesThatWereNeverFinishedAreClearedAway() throws LogException {
        opened(LOG.closed()
                .with(SegmentName.inTheMaking(LOG.segment(1)), new byte[] {1})
                .with(SegmentName.inTheMaking(SegmentName.index(0)), new byte[] {1}));
        assertThat(storage.list()).noneMatch(SegmentName::isInTheMaking);
    }

    @Test
    void aLogThatWasClosedIsGoneOnWithInTheSameFile() throws LogException {
        opened(LOG.closed());
        assertThat(epochOfLast(storage)).isEqualTo(LOG.headers().getLast().epoch());
    }

    @Test
    void aClosingMarkThatPublishedDoesNotTellOfIsNotBuiltOn() throws LogException {
        opened(LOG.closed().with(Published.NAME, LOG.killed().bytes(Published.NAME)));
        assertThat(epochOfLast(storage)).isGreaterThan(LOG.headers().getLast().epoch());
    }

    @Test
    void onceALogIsOpenNoPowerCutBringsBackThatItWasClosed() throws LogException {
        storage = new FaultyStorage(LOG.closed());
        HotLog log = ParityLog.open(storage);
        assertThat(log.recovery().outcome()).isEqualTo(RecoveryReport.Outcome.CLEAN);
        DiskImage left = storage.crashed(Chooser.oldest()).image();
        Script.abandon(log);
        assertThat(Published.find(new ImageStorage(left)))
                .hasValueSatisfying(
                        published -> assertThat(published.writerPid()).isNotZero());
    }

    @Test
    void aFileThatWasClosedAndHasLostItsHeaderIsReplacedAndKept() throws LogException {
        byte[] bytes = LOG.closed().bytes(LAST).clone();
        Arrays.fill(bytes, 0, SegmentHeader.FIRST_FRAME, (byte) 0);
        RecoveryReport report = opened(LOG.closed().with(LAST, bytes));
        assertThat(report.nextOffset()).isEqualTo(EVENTS);
        assertThat(storage.image().bytes(report.keptIn())).isEqualTo(bytes);
        assertThat(epochOfLast(storage)).isGreaterThan(LOG.headers().getLast().epoch());
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
    }

    /// A damaged `published` may have any numbers, one that is older than the segment those of another.
    @ParameterizedTest
    @CsvSource({"16, 20, 20", "16, 16, 16", "16, 15, -1", "8, 20, -1", "24, 30, 30", "0, 8, -1"})
    void aLastSegmentThatIsGoneTakesAsManyOffsetsAsItHadOrCanHaveHad(long base, long nextOffset, long goesOnWith)
            throws LogException {
        long lastBase = LOG.headers().getLast().base();
        RecoveryReport report = opened(published(LOG.closed().without(LAST), base, nextOffset));
        // Whoever wrote it may have had other options.
        long most = Integer.MAX_VALUE / FrameCursor.LEAST_EVENT_BYTES;
        assertThat(report.nextOffset()).isEqualTo(goesOnWith >= 0 ? goesOnWith : lastBase + most);
    }

    /// As a power cut leaves an index of which only the name was on disk, and as another version's looks.
    @Test
    void whenAnIndexOfTheNewestOrTheOldestIsOfNoUseAllAreLookedAt() throws LogException {
        storage = new FaultyStorage();
        try (HotLog log = HotLog.open(storage, SMALL, InstantSource.system())) {
            for (int seq = 0; seq < SEGMENTS; seq++) {
                log.append(Events.event("s", seq, SMALL_BYTES));
            }
        }
        List<String> indexes =
                storage.list().stream().filter(SegmentName::isIndex).sorted().toList();
        assertThat(indexes).hasSize(SEGMENTS - 1);
        DiskImage image = storage.image();
        String oldest = indexes.getFirst();
        String second = indexes.get(1);
        String newest = indexes.getLast();
        assertThat(unindexed(image)).isEmpty();
        assertThat(unindexed(blanked(image, indexes))).isEqualTo(indexes);
        assertThat(unindexed(blanked(image, List.of(second, newest)))).containsExactly(second, newest);
        assertThat(unindexed(blanked(image, List.of(oldest, second)))).containsExactly(oldest, second);
        assertThat(unindexed(blanked(image, List.of(second))))
                .as("not looked at")
                .isEmpty();
        assertThat(unindexed(image.without(second))).containsExactly(second);
    }

    private static DiskImage blanked(DiskImage image, List<String> files) {
        DiskImage blank = image;
        for (String file : files) {
            blank = blank.with(file, new byte[image.bytes(file).length]);
        }
        return blank;
    }

    /// Which indexes the next writer would write, oldest first.
    private static List<String> unindexed(DiskImage image) throws LogException {
        Recovery recovery = new Recovery(new FaultyStorage(image), SMALL.segmentBytes(), InstantSource.system());
        RecoveredLog log = recovery.run();
        log.active().close();
        return recovery.unindexed(log).stream()
                .map(segment -> SegmentName.index(segment.file().base()))
                .toList();
    }
}
