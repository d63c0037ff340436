// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.SessionKey;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Two threads share a reader while one of them, as a writer would, publishes two events, one after the other: each
/// view has all that it says, found by the index that grows beneath it, none goes back, and what was published before
/// a look is in it.
///
/// A view is told by how many events it has; -1 stands for one that lacks an event it should have, has one it should
/// not, or came after one that had more.
@JCStressTest
@Outcome(id = "2, [012]", expect = ACCEPTABLE, desc = "any prefix; all of it for the one who published")
@Outcome(expect = FORBIDDEN, desc = "a view that is no prefix, goes back, or is late")
@State
public class FollowerStress {
    private static final SegmentHeader HEADER = new SegmentHeader(new UUID(1, 2), 0, 1, 1, 0, 0);
    private static final String NAME = SegmentName.segment(0);
    private static final int FILE_BYTES = 2 << 10;
    private static final int PUBLISHED_BYTES = 64;
    private static final long FIRST = SegmentHeader.FIRST_FRAME;
    /// What the writer leaves, after no event, one and two: the segment, then `published`.
    private static final byte[][] SEGMENTS = new byte[3][];

    private static final byte[][] PUBLISHED = new byte[3][];

    static {
        try {
            prepare();
        } catch (LogException e) {
            throw new AssertionError(e);
        }
    }

    private static void prepare() throws LogException {
        byte[] segment = new byte[FILE_BYTES];
        byte[] published = new byte[PUBLISHED_BYTES];
        HeapStorage storage = new HeapStorage(Map.of(NAME, segment, Published.NAME, published));
        HEADER.toBytes().get(segment, 0, SegmentHeader.FIRST_FRAME);
        FrameWriter frames = new FrameWriter();
        frames.begin(HEADER, FIRST);
        try (Published.File file = Published.File.open(storage)) {
            for (int events = 0; events < SEGMENTS.length; events++) {
                file.write(0, 1, frames.position(), events);
                frames.written().get(segment, (int) FIRST, frames.lengthBytes());
                SEGMENTS[events] = segment.clone();
                PUBLISHED[events] = published.clone();
                frames.event(Event.of("s", events).payload("{}").build(), events, false);
            }
        }
    }

    private final byte[] segment = SEGMENTS[0].clone();
    private final byte[] published = PUBLISHED[0].clone();
    private final LogFollower follower;

    public FollowerStress() {
        try {
            follower = LogFollower.open(new HeapStorage(Map.of(NAME, segment, Published.NAME, published)));
        } catch (LogException e) {
            throw new AssertionError(e);
        }
    }

    /// As a committer: the frames first, what tells of them after. A call of the system lies between, so no store
    /// passes another.
    @Actor
    public void write(II_Result result) {
        for (int events = 1; events < SEGMENTS.length; events++) {
            System.arraycopy(SEGMENTS[events], (int) FIRST, segment, (int) FIRST, FILE_BYTES - (int) FIRST);
            VarHandle.fullFence();
            System.arraycopy(PUBLISHED[events], 0, published, 0, PUBLISHED_BYTES);
            VarHandle.fullFence();
        }
        result.r1 = look();
    }

    @Actor
    public void read(II_Result result) {
        result.r2 = look();
    }

    private int look() {
        try {
            int before = events(follower.view());
            int after = events(follower.view());
            return before < 0 || after < before ? -1 : after;
        } catch (LogException _) {
            return -1;
        }
    }

    /// How many events the view has, if it has just these.
    private static int events(LogView view) throws LogException {
        IndexedSegment last = view.segments().getLast();
        EventFrame event = new EventFrame();
        for (int seq = 0; seq < SEGMENTS.length - 1; seq++) {
            if (last.find(new SessionKey("s"), seq, event) != seq < view.nextOffset()) {
                return -1;
            }
        }
        return (int) view.nextOffset();
    }
}
