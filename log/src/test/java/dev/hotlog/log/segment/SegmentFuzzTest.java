// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.fuzz.Choices;
import dev.hotlog.fuzz.Edits;
import dev.hotlog.fuzz.Fuzzing;
import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FactsFrame;
import dev.hotlog.log.format.Forgery;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.PlaceSearch;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.storage.FaultyStorage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A segment of any bytes: what is no frame is told, what is one was appended. Of one whose checksums somebody made
/// right nothing is believed that is not looked at.
public class SegmentFuzzTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int NUMBER = 1;
    private static final SegmentHeader HEADER = LOG.headers().get(NUMBER);
    private static final String NAME = LOG.segment(NUMBER);
    private static final byte[] FILE = LOG.closed().bytes(NAME);
    /// More than there are multiples of eight in any input.
    private static final int MANY = 10_000;

    private static final Fuzzing FUZZING = Fuzzing.of(SegmentFuzzTest.class, SegmentFuzzTest::take)
            .mostBytes(400)
            .allocation(8 << 20, 64);

    @Test
    void ofAnyBytesWhatIsNoFrameIsTold() throws Exception {
        FUZZING.run(100_000);
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        FUZZING.check(input);
    }

    private static void take(byte[] input) {
        Choices choices = new Choices(input);
        int how = choices.below(8);
        boolean forged = (how & 1) != 0;
        int what = choices.below(8);
        int from = choices.below(4);
        long knownDurable = choices.below(3) * 512L;
        byte[] bytes = (how & 2) != 0 ? behindHeader(choices.rest(), (how & 4) != 0) : new Edits(choices).of(FILE);
        if (forged) {
            Forgery.makeRight(MemorySegment.ofArray(bytes), HEADER.place());
            Forgery.makeRight(bytes);
        }
        MemorySegment file = MemorySegment.ofArray(bytes).asReadOnly();
        SegmentFile segment = open(file);
        switch (what) {
            case 0, 1 -> frames(segment, forged);
            case 2, 3 -> walk(segment, from);
            case 4, 5 -> survey(segment, knownDurable);
            case 6 -> SealedEnd.markedOffset(segment, SealedEnd.find(segment, HEADER.base() + 8));
            default -> {
                PlaceSearch.find(file, HEADER.place()::equals, _ -> false);
                PlaceSearch.find(file, _ -> false, _ -> true);
            }
        }
    }

    private static byte[] behindHeader(byte[] frames, boolean withHeader) {
        byte[] bytes = withHeader
                ? Arrays.copyOf(FILE, SegmentHeader.FIRST_FRAME + frames.length)
                : new byte[SegmentHeader.FIRST_FRAME + frames.length];
        System.arraycopy(frames, 0, bytes, SegmentHeader.FIRST_FRAME, frames.length);
        return bytes;
    }

    private static SegmentFile open(MemorySegment file) {
        MemorySegment head = file.asSlice(0, Math.min(file.byteSize(), SegmentHeader.FIRST_FRAME));
        return SegmentHeader.read(head) instanceof SegmentHeader.Verdict.Sound(SegmentHeader header, int damaged)
                        && header.base() == HEADER.base()
                ? new SegmentFile(NAME, header, header.place(), file, damaged)
                : new SegmentFile(NAME, HEADER, HEADER.place(), file, SegmentHeader.COPIES);
    }

    private static void frames(SegmentFile segment, boolean forged) {
        FrameCursor frame = segment.frames();
        EventFrame event = new EventFrame();
        for (long at = SegmentHeader.FIRST_FRAME; at < segment.sizeBytes(); at += Bytes.ALIGNMENT) {
            if (frame.moveTo(at, segment.sizeBytes())) {
                assertThat(frame.next()).isGreaterThan(at).isLessThanOrEqualTo(segment.sizeBytes());
                read(frame, event, segment, forged);
            }
        }
    }

    private static void read(FrameCursor frame, EventFrame event, SegmentFile segment, boolean forged) {
        switch (frame.type()) {
            case EVENT -> {
                if (frame.readEvent(event, segment.base())) {
                    Event read = FuzzLog.read(event);
                    if (!forged) {
                        assertThat(read).isEqualTo(LOG.events().get((int) (segment.base() + frame.relativeOffset())));
                    }
                }
            }
            case FACTS -> FactsFrame.readFacts(frame.body());
            case CURSOR -> FactsFrame.readCursor(frame.body());
            case LOST, CLOSE, SEAL -> assertThat(frame.offsets()).isNotEqualTo(1L << 62);
        }
    }

    private static void walk(SegmentFile segment, int from) {
        long unknown = SegmentWalk.Stretch.UNKNOWN;
        long size = Math.max(segment.sizeBytes(), SegmentHeader.FIRST_FRAME);
        long to = from == 3 ? size + 100 : size;
        SegmentWalk.Stretch stretch = new SegmentWalk.Stretch(
                SegmentHeader.FIRST_FRAME,
                from == 1 ? unknown : segment.base(),
                to,
                from == 2 ? unknown : segment.base() + 8);
        List<Damage> damage = new ArrayList<>();
        SegmentWalk walk = new SegmentWalk(segment, stretch, damage::add);
        long before = 0;
        while (walk.advance()) {
            assertThat(walk.nextPosition()).isGreaterThan(before).isLessThanOrEqualTo(to);
            before = walk.nextPosition();
        }
        areWithin(damage, segment, to);
        damage.clear();
        LiveIndex index = IndexFile.build(segment, stretch, damage::add);
        areWithin(damage, segment, to);
        assertThat(index.events()).isLessThanOrEqualTo(segment.sizeBytes() / FrameCursor.LEAST_EVENT_BYTES + 1);
        index.sessions(summary -> assertThat(summary.totals().events()).isNotNegative());
        try {
            FaultyStorage storage = new FaultyStorage();
            IndexFile.write(storage, segment, index);
            if (segment.damagedHeaderCopies() < SegmentHeader.COPIES) {
                assertThat(IndexFile.open(storage, segment)).isPresent();
            }
        } catch (LogException e) {
            throw new AssertionError(e);
        }
    }

    private static void areWithin(List<Damage> damage, SegmentFile segment, long to) {
        assertThat(damage.size()).isLessThan(MANY);
        for (Damage found : damage) {
            assertThat(found.position()).as("%s", found).isBetween((long) SegmentHeader.FIRST_FRAME, to);
            assertThat(found.lengthBytes()).as("%s", found).isBetween(0L, to);
            assertThat(found.lostEvents()).as("%s", found).isGreaterThanOrEqualTo(Damage.UNKNOWN);
            assertThat(found.file()).isEqualTo(segment.name());
        }
    }

    private static void survey(SegmentFile segment, long knownDurable) {
        int[] frames = new int[1];
        UnsealedEnd end = UnsealedEnd.survey(
                segment,
                SegmentHeader.FIRST_FRAME,
                segment.base(),
                UnsealedEnd.Known.durable(knownDurable),
                (_, _) -> frames[0]++);
        assertThat(frames[0]).isLessThan(MANY);
        assertThat(end.durableEnd()).isLessThanOrEqualTo(end.end());
        assertThat(end.tornBytes()).isNotNegative();
        assertThat(end.nextOffset()).as("%s", end).isGreaterThanOrEqualTo(segment.base());
        assertThat(end.durableOffset()).as("%s", end).isLessThanOrEqualTo(end.nextOffset());
        areWithin(
                end.damage(),
                segment,
                Math.max(knownDurable, Math.max(segment.sizeBytes(), SegmentHeader.FIRST_FRAME)));
    }
}
