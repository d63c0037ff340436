// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogFollower;
import dev.hotlog.log.segment.LogView;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Indexes of segments with many events are written while appends go on in the next segment.
@Timeout(300)
class BackgroundIndexTest {
    private static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS
            .withSegmentBytes(400 << 10)
            .withGroup(64 << 10, Integer.MAX_VALUE, Duration.ofSeconds(1));
    private static final int EVENTS = 40_000;
    private static final int BATCH = 1_000;
    private static final int TIMEOUT_SECONDS = 60;
    private static final int SOME_MILLIS = 100;

    @Test
    void everySealedSegmentHasItsIndexOnceTheLogIsClosed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            append(log);
        }
        List<String> names = storage.list();
        List<String> segments =
                names.stream().filter(name -> name.endsWith(".hotlog")).toList();
        assertThat(segments).hasSizeGreaterThan(3);
        for (String segment : segments.subList(0, segments.size() - 1)) {
            assertThat(names).contains(segment.replace(".hotlog", ".idx"));
        }
        assertThat(names).noneMatch(name -> name.endsWith(".new"));
        assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isEmpty();
    }

    @Test
    void keysOfTheSegmentJustFilledAreKnownAtOnce() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage);
                HotLogReader reader = HotLogReader.open(storage)) {
            for (int from = 0; from < EVENTS; from += BATCH) {
                List<Event> events = Events.events("s", from, BATCH, 0);
                log.append(Batch.of(events), Durability.FORCED);
                assertThat(log.append(Batch.of(events), Durability.FORCED).offset(0))
                        .isEqualTo(from);
                assertThat(log.offsetOf("s", from / 2)).hasValue(from / 2);
                assertThat(reader.offsetOf("s", from / 2)).hasValue(from / 2);
            }
            assertThat(log.nextOffset()).isEqualTo(EVENTS);
        }
    }

    @Test
    void anIndexThatCannotBeWrittenHarmsNothing() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            storage.faults().failNext(BackgroundIndexTest::writesIndex, Fault.DISK_FULL);
            append(log);
            for (int i = 0; i < EVENTS; i += 101) {
                assertThat(log.offsetOf("s", i)).hasValue(i);
            }
        }
        assertThat(storage.faults().reached()).isTrue();
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (int i = 0; i < EVENTS; i += 101) {
                assertThat(reader.offsetOf("s", i)).hasValue(i);
            }
        }
        assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isEmpty();
    }

    @Test
    void aLogThatStoppedWritesNothingAnyMoreOnceItIsClosed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog log = open(storage);
        storage.faults().failNext(BackgroundIndexTest::forcesSecondSegment, Fault.IO_ERROR);
        try {
            append(log);
        } catch (LogException _) {
            // As meant.
        }
        Script.abandon(log);
        assertThat(storage.faults().reached()).isTrue();
        assertThat(storage.list()).noneMatch(name -> name.endsWith(".idx.new"));
        assertThat(storage.openFiles()).isZero();
    }

    @Test
    void anIndexThatIsSlowToWriteHoldsUpNoAppendAndClosingWaitsForIt() throws Exception {
        FaultyStorage disk = new FaultyStorage();
        IndexGate storage = new IndexGate(disk);
        HotLog log = HotLog.open(storage, OPTIONS, InstantSource.system());
        try {
            within(() -> fillSegment(log, disk));
            assertThat(storage.reached.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            within(() -> log.append(Events.event("other", 0), Durability.FORCED));
            assertThat(log.durableOffset()).isEqualTo(log.nextOffset());
            assertThat(disk.list()).noneMatch(name -> name.endsWith(".idx"));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> Script.abandon(log));
            Thread.sleep(SOME_MILLIS);
            assertThat(closed).isNotDone();
            storage.open.countDown();
            closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(disk.list()).contains(SegmentName.index(0)).noneMatch(name -> name.endsWith(".new"));
        } finally {
            storage.open.countDown();
        }
    }

    @Test
    void aReaderGoesOnWithTheIndexItGrewUntilThatIsInItsFile() throws Exception {
        FaultyStorage disk = new FaultyStorage();
        IndexGate storage = new IndexGate(disk);
        try (HotLog log = HotLog.open(storage, OPTIONS, InstantSource.system())) {
            log.append(Events.event("first", 0), Durability.FORCED);
            LogFollower follower = LogFollower.open(disk);
            SegmentIndex grown = index(follower.view().segments().getFirst());
            within(() -> fillSegment(log, disk));
            LogView view = follower.view();
            IndexedSegment sealed = view.segments().getFirst();
            assertThat(view.segments()).hasSize(2);
            assertThat(index(sealed)).isSameAs(grown).isInstanceOf(LiveIndex.class);
            assertThat(sealed.ask(SegmentIndex::events)).isEqualTo(sealed.endOffset());
            assertThat(view.damage()).isEmpty();
            storage.open.countDown();
            awaitFile(sealed);
            assertThat(sealed.ask(SegmentIndex::events)).isEqualTo(sealed.endOffset());
        } finally {
            storage.open.countDown();
        }
    }

    @Test
    void aReaderKeepsWhatItKnowsOfSegmentsWhoseIndexNeverComes() throws Exception {
        FaultyStorage storage = new FaultyStorage();
        storage.faults().failAll(BackgroundIndexTest::writesIndex, Fault.DISK_FULL);
        try (HotLog log = open(storage)) {
            fillSegment(log, storage);
            LogFollower follower = LogFollower.open(storage);
            IndexedSegment built = follower.view().segments().getFirst();
            SegmentIndex index = index(built);
            for (int rolls = 2; rolls < 4; rolls++) {
                fillSegment(log, storage);
                LogView view = follower.view();
                assertThat(view.segments()).hasSize(rolls + 1);
                assertThat(view.segments().getFirst()).isSameAs(built);
                assertThat(index(built)).isSameAs(index);
            }
            List<IndexedSegment> before = follower.view().segments();
            fillSegment(log, storage);
            assertThat(follower.view().segments())
                    .startsWith(before.subList(0, 3).toArray(IndexedSegment[]::new));
        }
    }

    @Test
    void aReaderOfASegmentThatWasIndexedInPartFollowsItAcrossItsEnd() throws Exception {
        FaultyStorage disk = new FaultyStorage();
        HotLogOptions options = OPTIONS.withSegmentBytes(3 << 20);
        try (HotLog log = HotLog.open(disk, options, InstantSource.system())) {
            for (int from = 0; from < 20 * BATCH; from += BATCH) {
                log.append(Batch.of(Events.events("s", from, BATCH, 20)), Durability.MEMORY);
            }
        }
        assertThat(disk.list()).contains(SegmentName.index(0));
        IndexGate storage = new IndexGate(disk);
        try (HotLog log = HotLog.open(storage, options, InstantSource.system());
                HotLogReader reader = HotLogReader.open(disk)) {
            LogFollower follower = LogFollower.open(disk);
            SegmentIndex grown = index(follower.view().segments().getLast());
            within(() -> fillSegment(log, disk));
            assertThat(follower.view().segments()).hasSize(3);
            assertThat(index(follower.view().segments().get(1))).isSameAs(grown);
            assertAllAreThere(log, reader);
            storage.open.countDown();
            fillSegment(log, disk);
            assertThat(follower.view().segments()).hasSize(3);
            assertAllAreThere(log, reader);
        } finally {
            storage.open.countDown();
        }
    }

    private static void assertAllAreThere(HotLog log, HotLogReader reader) throws LogException {
        assertThat(reader.info().events()).isEqualTo(log.nextOffset());
        for (long seq = 0; seq < log.nextOffset(); seq += 101) {
            assertThat(reader.offsetOf("s", seq)).hasValue(seq);
        }
        assertThat(reader.damage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, EVENTS})
    void anIndexThatCannotBeEncodedStopsNothing(int events) throws LogException {
        FaultyStorage disk = new FaultyStorage();
        List<Throwable> told = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> told.add(failure));
        try (HotLog log = HotLog.open(new BrokenEncoder(disk), OPTIONS, InstantSource.system())) {
            int bytes = events < BATCH ? 100 << 10 : 0;
            for (int seq = 0; seq < events; seq++) {
                log.append(Events.event("s", seq, bytes), Durability.MEMORY);
            }
            log.flush();
            assertThat(disk.list()).filteredOn(name -> name.endsWith(".hotlog")).hasSizeGreaterThan(2);
            assertThat(log.offsetOf("s", 1)).hasValue(1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(told).isEmpty();
        assertThat(disk.openFiles()).isZero();
    }

    @Test
    void theNextSegmentIsClosedWhateverEndsARoll() throws LogException {
        FaultyStorage disk = new FaultyStorage();
        HotLog log = HotLog.open(
                new ForwardingStorage(disk) {
                    @Override
                    public MemorySegment map(String name) throws LogException {
                        if (list().stream()
                                        .filter(BackgroundIndexTest::isSegment)
                                        .count()
                                > 1) {
                            throw new IllegalStateException("no memory to map into");
                        }
                        return super.map(name);
                    }
                },
                OPTIONS,
                InstantSource.system());
        assertThatThrownBy(() -> append(log)).isInstanceOf(LogException.Stopped.class);
        Script.abandon(log);
        assertThat(disk.openFiles()).isZero();
    }

    @Test
    void indexesThatACrashHasCostAreWrittenWhileTheNextWriterWorks() throws Exception {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            append(log);
        }
        List<String> indexes = loseIndexes(storage);
        // Its name was on disk, its bytes were not.
        try (StoredFile last = storage.create(indexes.getLast())) {
            last.write(ByteBuffer.allocate(4 << 10), 0);
        }
        try (HotLog log = open(storage)) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!storage.list().containsAll(indexes) && System.nanoTime() < deadline) {
                log.append(Events.event("other", log.nextOffset()), Durability.FORCED);
            }
        }
        assertThat(storage.list()).containsAll(indexes);
        assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isEmpty();
    }

    @Test
    void fewEventsAreIndexedByTheTimeTheLogIsOpen() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            for (int seq = 0; seq < 10; seq++) {
                log.append(Events.event("s", seq, 100 << 10), Durability.MEMORY);
            }
        }
        List<String> indexes = loseIndexes(storage);
        try (HotLog _ = open(storage)) {
            assertThat(storage.list()).containsAll(indexes);
        }
    }

    @Test
    void closingDoesNotWaitForTheIndexesOfTheWholeHistory() throws Exception {
        FaultyStorage disk = new FaultyStorage();
        try (HotLog log = open(disk)) {
            append(log);
        }
        List<String> indexes = loseIndexes(disk);
        IndexGate storage = new IndexGate(disk);
        HotLog log = HotLog.open(storage, OPTIONS, InstantSource.system());
        try {
            within(() -> log.append(Events.event("other", 0), Durability.FORCED));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> Script.abandon(log));
            Thread.sleep(SOME_MILLIS);
            assertThat(closed).isNotDone();
            storage.open.countDown();
            closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } finally {
            storage.open.countDown();
        }
        assertThat(disk.list()).contains(indexes.getLast()).doesNotContain(indexes.getFirst());
    }

    private static List<String> loseIndexes(FaultyStorage storage) throws LogException {
        List<String> indexes =
                storage.list().stream().filter(name -> name.endsWith(".idx")).toList();
        assertThat(indexes).hasSizeGreaterThan(1);
        for (String index : indexes) {
            storage.delete(index);
        }
        return indexes;
    }

    private static SegmentIndex index(IndexedSegment segment) {
        return segment.ask(index -> index);
    }

    private static void awaitFile(IndexedSegment segment) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!(index(segment) instanceof SealedIndex) && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        assertThat(index(segment)).isInstanceOf(SealedIndex.class);
    }

    /// Appends until one more segment has begun.
    private static void fillSegment(HotLog log, FaultyStorage disk) throws LogException {
        long segments = segments(disk);
        while (segments(disk) == segments) {
            long next = log.nextOffset();
            log.append(Batch.of(Events.events("s", next, BATCH, 0)), Durability.FORCED);
        }
    }

    private static long segments(FaultyStorage disk) throws LogException {
        return disk.list().stream().filter(BackgroundIndexTest::isSegment).count();
    }

    private static boolean isSegment(String name) {
        return name.endsWith(".hotlog");
    }

    private interface Step {
        void run() throws LogException;
    }

    /// Appends wait without heed to interrupts: one that hangs must not hold up the test.
    private static void within(Step step) throws Exception {
        CompletableFuture.supplyAsync(() -> {
                    try {
                        step.run();
                        return true;
                    } catch (LogException e) {
                        throw new CompletionException(e);
                    }
                })
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /// Writes no index before it is told to.
    private static final class IndexGate extends ForwardingStorage {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        IndexGate(FaultyStorage disk) {
            super(disk);
        }

        @Override
        public StoredFile create(String name) throws LogException {
            StoredFile file = super.create(name);
            return !name.contains(".idx")
                    ? file
                    : new ForwardingFile(file) {
                        @Override
                        public void write(ByteBuffer bytes, long position) throws LogException {
                            reached.countDown();
                            try {
                                open.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            super.write(bytes, position);
                        }
                    };
        }
    }

    /// Fails on indexes as a mistake in their encoder would.
    private static final class BrokenEncoder extends ForwardingStorage {
        BrokenEncoder(FaultyStorage disk) {
            super(disk);
        }

        @Override
        public StoredFile create(String name) throws LogException {
            StoredFile file = super.create(name);
            return !name.contains(".idx")
                    ? file
                    : new ForwardingFile(file) {
                        @Override
                        public void write(ByteBuffer bytes, long position) {
                            throw new IllegalStateException("an index that cannot be encoded");
                        }
                    };
        }
    }

    private static boolean writesIndex(Operation operation) {
        return operation instanceof Operation.Write write && write.name().contains(".idx");
    }

    private static boolean forcesSecondSegment(Operation operation) {
        return operation instanceof Operation.Force force
                && !force.name().startsWith("00000000000000000000.")
                && force.name().contains(".hotlog");
    }

    private static void append(HotLog log) throws LogException {
        for (int from = 0; from < EVENTS; from += BATCH) {
            log.append(Batch.of(Events.events("s", from, BATCH, 0)), Durability.MEMORY);
        }
        log.flush();
    }

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, OPTIONS, InstantSource.system());
    }
}
