// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentIndexPropertyTest {
    @ParameterizedTest(name = "{1} frames of {0} sessions")
    @CsvSource({"1, 0", "1, 1", "1, 300", "3, 50", "40, 2000", "500, 1000"})
    void bothIndexesAnswerAsTheModelDoes(int sessions, int frames) {
        agree(sessions * 31L + frames, sessions, frames);
    }

    @RepeatedTest(20)
    void bothIndexesAnswerAsTheModelDoesWhateverTheSeed() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        agree(random.nextLong(), 1 + random.nextInt(30), random.nextInt(600));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyEventOfALargeSessionIsFound(Order order) {
        int events = 150_000;
        long seed = 42;
        List<Long> seqs = order.seqs(events, seed);
        Segment segment = new Segment();
        seqs.forEach(seq -> segment.event(Event.of("large", seq).build()));
        LiveIndex live = segment.live();
        SealedIndex sealed = segment.sealed();
        segment.model().eachEvent((event, _, position) -> {
            assertThat(live.position("large", event.seq())).as("seed " + seed).isEqualTo(position);
            assertThat(sealed.position("large", event.seq())).as("seed " + seed).isEqualTo(position);
        });
        assertThat(sealed.positions("large"))
                .isEqualTo(live.positions("large"))
                .hasSize(events)
                .isSorted();
    }

    enum Order {
        ONE_BY_ONE,
        SHUFFLED,
        SHUFFLED_WITH_GAPS;

        List<Long> seqs(int count, long seed) {
            long step = this == SHUFFLED_WITH_GAPS ? 1L << 40 : 1;
            List<Long> seqs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                seqs.add(i * step);
            }
            if (this != ONE_BY_ONE) {
                Collections.shuffle(seqs, new Random(seed));
            }
            return seqs;
        }
    }

    private static void agree(long seed, int sessions, int frames) {
        String run = "seed " + seed + ", sessions " + sessions + ", frames " + frames;
        Segment segment = Workload.of(seed, sessions, frames);
        Model model = segment.model();
        assertThat(model.answersOf(segment.live())).as(run).isEqualTo(model.answers());
        assertThat(model.answersOf(segment.sealed())).as(run).isEqualTo(model.answers());
        scansFindEveryEvent(segment, segment.live(), run);
        scansFindEveryEvent(segment, segment.sealed(), run);
        keysAreFoundByTheirBytes(segment, run);
    }

    private static void scansFindEveryEvent(Segment segment, SegmentIndex index, String run) {
        MemorySegment file = segment.file();
        FrameCursor frame = new FrameCursor(file, Segment.HEADER.place());
        segment.model().eachEvent((_, offset, position) -> {
            long at = index.positionBefore(offset);
            int events = 0;
            assertThat(at).as(run).isLessThanOrEqualTo(position);
            while (at < position) {
                assertThat(frame.moveTo(at, file.byteSize())).as(run).isTrue();
                events += frame.type() == FrameType.EVENT ? 1 : 0;
                at = frame.next();
            }
            assertThat(at).as(run).isEqualTo(position);
            assertThat(events).as(run).isLessThan(64);
        });
        assertThat(index.positionBefore(0)).as(run).isEqualTo(SegmentHeader.FIRST_FRAME);
    }

    private static void keysAreFoundByTheirBytes(Segment segment, String run) {
        MemorySegment file = segment.file();
        LiveIndex index = segment.live();
        LiveIndex empty = new LiveIndex(Segment.HEADER.base());
        FrameCursor frame = new FrameCursor(file, Segment.HEADER.place());
        EventFrame event = new EventFrame();
        segment.model().eachEvent((_, offset, position) -> {
            frame.moveTo(position, file.byteSize());
            assertThat(frame.readEvent(event, Segment.HEADER.base())).isTrue();
            assertThat(event.offset()).as(run).isEqualTo(offset);
            assertThat(index.position(event)).as(run).isEqualTo(position);
            assertThat(empty.position(event)).as(run).isEqualTo(SegmentIndex.NO_POSITION);
        });
    }
}
