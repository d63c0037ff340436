// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.fuzz.Choices;
import dev.hotlog.fuzz.Edits;
import dev.hotlog.fuzz.Fuzzing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An index file that anything has happened to is refused, or damaged where it is asked, or answers as before. One
/// whose checksums somebody made right may answer anything, but does so in bounded time and memory.
public class IndexFuzzTest {
    private static final Segment SEGMENT = Workload.of(1, 5, 60);
    private static final byte[] FILE = SEGMENT.encoded().toArray(ValueLayout.JAVA_BYTE);
    private static final List<String> ANSWERS = SEGMENT.model().answersOf(Segment.opened(MemorySegment.ofArray(FILE)));

    private static final Fuzzing FUZZING =
            Fuzzing.of(IndexFuzzTest.class, IndexFuzzTest::take).mostBytes(48).allocation(8 << 20, 0);

    @Test
    void anIndexThatAnythingHappenedToIsRefusedOrAnswersAsBefore() throws Exception {
        FUZZING.run(60_000);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FUZZING.check(input);
    }

    private static void take(byte[] input) {
        Choices choices = new Choices(input);
        int how = choices.below(4);
        boolean forged = how == 1;
        byte[] file = how == 3 ? choices.rest() : new Edits(choices).of(FILE);
        if (forged) {
            IndexForgery.makeRight(file);
        }
        SealedIndex.segmentOf(MemorySegment.ofArray(file));
        switch (SealedIndex.open(MemorySegment.ofArray(file), Segment.HEADER)) {
            case SealedIndex.Verdict.Unusable _, SealedIndex.Verdict.OfAnother _ -> {}
            case SealedIndex.Verdict.Usable(var index) -> ask(index, forged);
        }
    }

    private static void ask(SealedIndex index, boolean forged) {
        try {
            List<String> answers = SEGMENT.model().answersOf(index);
            if (!forged) {
                assertThat(answers).isEqualTo(ANSWERS);
            }
        } catch (DamagedIndex _) {
            // As promised.
        }
        try {
            for (long offset = -1; offset < 100; offset++) {
                index.positionBefore(Segment.HEADER.base() + offset);
            }
            index.verify();
        } catch (DamagedIndex _) {
            // As promised.
        }
    }
}
