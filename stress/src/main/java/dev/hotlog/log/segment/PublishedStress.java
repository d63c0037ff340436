// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.hotlog.event.LogException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A reader that looks at `published` while it is written over sees what was there before, what was written, or that it
/// must look again: never a mixture.
@JCStressTest
@Outcome(id = "[012], [012]", expect = ACCEPTABLE, desc = "nothing of use, the first or the second")
@Outcome(id = "2, 1", expect = FORBIDDEN, desc = "back to the first")
@Outcome(expect = FORBIDDEN, desc = "a mixture")
@State
public class PublishedStress {
    private static final int BYTES = 64;
    private static final ThreadLocal<Writer> WRITER = ThreadLocal.withInitial(Writer::new);

    private final byte[] file = new byte[BYTES];

    /// What is published comes from here: making it anew costs too much for each try.
    private static final class Writer {
        private final byte[] bytes = new byte[BYTES];
        private final HeapStorage storage = new HeapStorage(Map.of(Published.NAME, bytes));
        private final byte[] first = written(1);
        private final byte[] second = written(2);

        private byte[] written(long number) {
            try (Published.File published = Published.File.open(storage)) {
                published.writeClosed(number * 0x0101_0101_0101L, number, number * 8, number * 100);
                return bytes.clone();
            } catch (LogException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// As a writer that publishes twice.
    @Actor
    public void write() {
        Writer writer = WRITER.get();
        copy(writer.first);
        copy(writer.second);
    }

    private void copy(byte[] from) {
        MemorySegment.ofArray(file).copyFrom(MemorySegment.ofArray(from));
    }

    /// As a reader that looks twice.
    @Actor
    public void read(II_Result result) {
        result.r1 = look();
        result.r2 = look();
    }

    private int look() {
        Optional<Published> seen = Published.read(MemorySegment.ofArray(file));
        return seen.map(PublishedStress::number).orElse(0);
    }

    private static int number(Published seen) {
        int number = (int) seen.epoch();
        boolean whole = seen.base() == number * 0x0101_0101_0101L
                && seen.position() == number * 8L
                && seen.nextOffset() == number * 100L
                && (number == 1 || number == 2);
        return whole ? number : -1;
    }
}
