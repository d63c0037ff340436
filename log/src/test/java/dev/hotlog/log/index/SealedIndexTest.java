// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Rollup;
import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.SegmentHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedIndexTest {
    private static final SegmentHeader HEADER = Segment.HEADER;

    @Test
    void noFlippedBitOfASmallIndexChangesAnAnswer() {
        Segment segment = Workload.of(1, 3, 25);
        MemorySegment file = segment.encoded();
        List<String> answers = segment.model().answers();
        for (long bit = 0; bit < file.byteSize() * Byte.SIZE; bit++) {
            flip(file, bit);
            isNeverWrong(segment, file, answers, "bit " + bit);
            flip(file, bit);
        }
    }

    @Test
    void noFlippedBitOfAnIndexOfManyBlocksChangesAnAnswer() {
        Segment segment = Workload.of(2, 12, 900);
        MemorySegment file = segment.encoded();
        assertThat(file.byteSize()).isGreaterThan(5L * CheckedBlocks.BLOCK_BYTES);
        SealedIndex sound = Segment.opened(file);
        List<String> answers = segment.model().answersOf(sound);
        int step = 611;
        for (long bit = 0; bit < file.byteSize() * Byte.SIZE; bit += step) {
            flip(file, bit);
            isNeverWrong(segment, file, answers, "bit " + bit);
            flip(file, bit);
        }
    }

    private static void flip(MemorySegment file, long bit) {
        long at = bit / Byte.SIZE;
        file.set(Bytes.U8, at, (byte) (file.get(Bytes.U8, at) ^ 1 << bit % Byte.SIZE));
    }

    private static void isNeverWrong(Segment segment, MemorySegment file, List<String> answers, String run) {
        switch (SealedIndex.open(file, HEADER)) {
            case SealedIndex.Verdict.Unusable _, SealedIndex.Verdict.OfAnother _ -> {}
            case SealedIndex.Verdict.Usable(var index) -> {
                try {
                    assertThat(segment.model().answersOf(index)).as(run).isEqualTo(answers);
                } catch (DamagedIndex e) {
                    assertThatThrownBy(index::verify).as(run).isInstanceOf(DamagedIndex.class);
                }
            }
        }
    }

    @Test
    void everyFlippedBitBehindTheHeaderIsFoundByVerifying() {
        MemorySegment file = Workload.of(3, 3, 40).encoded();
        Segment.opened(file).verify();
        for (long bit = IndexHeader.BYTES * Byte.SIZE; bit < file.byteSize() * Byte.SIZE; bit++) {
            flip(file, bit);
            assertThatThrownBy(Segment.opened(file)::verify).as("bit " + bit).isInstanceOf(DamagedIndex.class);
            flip(file, bit);
        }
    }

    @Test
    void aScanOfADamagedIndexGivesNothing() {
        MemorySegment file = Workload.of(9, 300, 4000).encoded();
        long cells = switch (IndexHeader.judge(file, HEADER)) {
            case IndexHeader.Verdict.Fit(var header) -> header.start(IndexSection.NAME_STARTS) - Bytes.ALIGNMENT;
            case IndexHeader.Verdict.OfAnother(var problem) -> throw new AssertionError(problem);
            case IndexHeader.Verdict.Unfit(var problem) -> throw new AssertionError(problem);
        };
        flip(file, cells * Byte.SIZE);
        SealedIndex index = Segment.opened(file);
        List<Rollup> given = new ArrayList<>();
        assertThatThrownBy(() -> index.rollups(given::add)).isInstanceOf(DamagedIndex.class);
        assertThat(given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 64, 65})
    void aScanComesToEverySession(int sessions) {
        Segment segment = new Segment();
        for (int i = 0; i < sessions; i++) {
            segment.event(Event.of("session " + i, 1)
                    .ts(1_000L * i, true)
                    .kind(Kind.MESSAGE)
                    .build());
        }
        List<String> times = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        SealedIndex index = segment.sealed();
        index.lastTimes((session, millis) -> times.add(session + " " + millis));
        index.rollups(cell -> cells.add(cell.sessionId()));
        assertThat(times)
                .containsExactlyElementsOf(IntStream.range(0, sessions)
                        .mapToObj(i -> "session " + i + " " + 1_000 * i)
                        .toList());
        assertThat(cells)
                .containsExactlyElementsOf(IntStream.range(0, sessions)
                        .mapToObj(i -> "session " + i)
                        .toList());
    }

    @Test
    void aTruncatedFileIsUnusable() {
        MemorySegment file = Workload.of(4, 5, 100).encoded();
        for (long length = 0; length < file.byteSize(); length++) {
            assertThat(SealedIndex.open(file.asSlice(0, length), HEADER))
                    .isInstanceOf(SealedIndex.Verdict.Unusable.class);
        }
    }

    @Test
    void aLengthenedFileIsUnusable() {
        MemorySegment file = Workload.of(5, 5, 100).encoded();
        MemorySegment longer = Arena.ofAuto().allocate(file.byteSize() + Bytes.ALIGNMENT);
        longer.copyFrom(file);
        assertThat(SealedIndex.open(longer, HEADER)).isInstanceOf(SealedIndex.Verdict.Unusable.class);
    }

    @Test
    void theIndexOfAnotherSegmentIsUnusable() {
        MemorySegment file = Workload.of(6, 2, 10).encoded();
        UUID id = HEADER.logId();
        long base = HEADER.base();
        long epoch = HEADER.epoch();
        assertThat(List.of(
                        new SegmentHeader(new UUID(1, 2), base, epoch, 1, 0, 0),
                        new SegmentHeader(id, base + 1, epoch, 1, 0, 0),
                        new SegmentHeader(id, base, epoch + 1, 1, 0, 0)))
                .allSatisfy(other ->
                        assertThat(SealedIndex.open(file, other)).isInstanceOf(SealedIndex.Verdict.OfAnother.class));
    }

    @Test
    void theSameSegmentMakesTheSameFile() {
        Segment segment = Workload.of(7, 10, 300);
        assertThat(segment.encoded().mismatch(segment.encoded())).isEqualTo(-1);
    }

    @Test
    void anIndexOfNothingTakesLessThanABlock() {
        assertThat(new Segment().encoded().byteSize()).isLessThan(CheckedBlocks.BLOCK_BYTES);
    }

    @Test
    void threadsThatReadAtOnceGetTheSameAnswers() throws Exception {
        Segment segment = Workload.of(8, 40, 3000);
        Model model = segment.model();
        SealedIndex index = segment.sealed();
        List<String> answers = model.answersOf(segment.sealed());
        Callable<List<String>> ask = () -> model.answersOf(index);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<String>> answer :
                    threads.invokeAll(IntStream.range(0, 4).mapToObj(_ -> ask).toList())) {
                assertThat(answer.get()).isEqualTo(answers);
            }
        }
    }
}
