// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.StoredFile;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a spare file gives, step by step, to the thread that asks for it.
@Timeout(60)
class SpareFillingTest {
    private static final long MOST_BYTES = 2L * SpareFile.PIECE_BYTES + 1_000;

    private final FaultyStorage storage = new FaultyStorage();
    private final SpareFile spare = new SpareFile(storage, MOST_BYTES, SpareFillingTest::filledAtOnce);

    /// Fills in the thread that asks for it.
    private static Thread filledAtOnce(Runnable work) {
        return new Thread() {
            @Override
            public void start() {
                work.run();
            }
        };
    }

    private static boolean writes(Operation operation) {
        return operation instanceof Operation.Write write && write.name().equals(SegmentName.SPARE);
    }

    private long made() {
        return storage.trace().stream()
                .filter(operation -> operation instanceof Operation.Create)
                .count();
    }

    private long forces() {
        return storage.trace().stream()
                .filter(operation -> operation instanceof Operation.Force)
                .count();
    }

    private boolean isThere() throws LogException {
        return storage.list().contains(SegmentName.SPARE);
    }

    @Test
    void aSpareFileIsAsLongAsASegmentAndForcedPieceByPiece() throws LogException {
        spare.prepare();
        ActiveSegment.Space space = spare.take().orElseThrow();
        assertThat(space.bytes()).isEqualTo(MOST_BYTES);
        assertThat(storage.sizeBytes(SegmentName.SPARE)).isEqualTo(MOST_BYTES);
        assertThat(forces()).isEqualTo(3);
        assertThat(storage.trace().getLast()).isInstanceOf(Operation.Force.class);
        assertThat(storage.openFiles()).isOne();
        space.file().close();
    }

    @Test
    void thereIsOneSpareFileUntilItIsTaken() throws LogException {
        spare.prepare();
        spare.prepare();
        assertThat(made()).isOne();
        spare.take().orElseThrow().file().close();
        assertThat(spare.take()).isEmpty();
        spare.prepare();
        assertThat(made()).isEqualTo(2);
        spare.take().orElseThrow().file().close();
    }

    @Test
    void nothingIsTakenOrGivenBackWhereNothingWasPrepared() {
        assertThat(spare.take()).isEmpty();
        assertThat(spare.release()).isFalse();
    }

    @Test
    void spaceThatWasGivenBackIsNotTakenAgainBeforeTheNextSegment() throws LogException {
        spare.prepare();
        assertThat(spare.release()).isTrue();
        assertThat(isThere()).isFalse();
        assertThat(storage.openFiles()).isZero();
        assertThat(spare.release()).isFalse();
        spare.prepare();
        assertThat(made()).isOne();
        assertThat(spare.take()).isEmpty();
        spare.prepare();
        assertThat(isThere()).isTrue();
        assertThat(spare.release()).isTrue();
    }

    @Test
    void aSpareFileForWhichThereIsNoRoomGivesBackWhatItHad() throws LogException {
        storage.room(SpareFile.PIECE_BYTES * 3 / 2);
        spare.prepare();
        assertThat(isThere()).isFalse();
        assertThat(storage.openFiles()).isZero();
        assertThat(spare.release()).isTrue();
        assertThat(spare.release()).isFalse();
        assertThat(spare.take()).isEmpty();
    }

    @Test
    void aSpareFileThatCannotBeMadeHasNothingToGiveBack() {
        storage.faults().failAll(operation -> operation instanceof Operation.Create, Fault.IO_ERROR);
        spare.prepare();
        assertThat(storage.faults().reached()).isTrue();
        assertThat(spare.release()).isFalse();
        assertThat(spare.take()).isEmpty();
    }

    @Test
    void withoutAThreadThereIsNoSpareFile() {
        SpareFile without = new SpareFile(storage, MOST_BYTES, new NoThreads());
        without.prepare();
        assertThat(without.take()).isEmpty();
        assertThat(storage.trace()).noneMatch(SpareFillingTest::writes);
    }

    @Test
    void whoTakesTheSpareFileWaitsForOnePieceAtMost() throws LogException {
        Thread taker = Thread.currentThread();
        AtomicBoolean taken = new AtomicBoolean();
        AtomicLong forces = new AtomicLong();
        ForwardingStorage slow = new ForwardingStorage(storage) {
            @Override
            public StoredFile create(String name) throws LogException {
                return new ForwardingFile(super.create(name)) {
                    @Override
                    public void force() throws LogException {
                        forces.incrementAndGet();
                        while (taker.getState() != Thread.State.WAITING && !taken.get()) {
                            Thread.onSpinWait();
                        }
                        super.force();
                    }
                };
            }
        };
        SpareFile filling = new SpareFile(slow, MOST_BYTES, Thread::new);
        filling.prepare();
        while (forces.get() == 0) {
            Thread.onSpinWait();
        }
        ActiveSegment.Space space = filling.take().orElseThrow();
        taken.set(true);
        assertThat(space.bytes()).isEqualTo(SpareFile.PIECE_BYTES);
        assertThat(storage.sizeBytes(SegmentName.SPARE)).isEqualTo(SpareFile.PIECE_BYTES);
        space.file().close();
    }
}
