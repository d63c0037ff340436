// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.DamagedIndex;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.storage.Storage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stretch of a segment, from its first frame on, with its index. That of a sealed segment is looked for at the first
/// question, and built from the frames when it is missing or damaged; that of the active one grows with it. For any
/// thread.
public final class IndexedSegment {
    private final Storage storage;
    private final SegmentFile file;
    private final long end;
    private final long endOffset;
    private volatile @Nullable SegmentIndex index;

    private IndexedSegment(Storage storage, SegmentFile file, long end, long endOffset, @Nullable SegmentIndex index) {
        this.storage = storage;
        this.file = file;
        this.end = end;
        this.endOffset = endOffset;
        this.index = index;
    }

    /// @param end the position behind its last frame
    /// @param endOffset the base of the segment behind it
    public static IndexedSegment sealed(Storage storage, SegmentFile file, long end, long endOffset) {
        return new IndexedSegment(storage, file, end, endOffset, null);
    }

    /// @param end the position up to which the segment is published, and covered by the index
    /// @param endOffset the offset that the next event takes
    /// @param index may have gone on further meanwhile; is only used while its monitor is held
    static IndexedSegment active(Storage storage, SegmentFile file, long end, long endOffset, LiveIndex index) {
        return new IndexedSegment(storage, file, end, endOffset, index);
    }

    public SegmentFile file() {
        return file;
    }

    /// The position behind its last frame.
    public long end() {
        return end;
    }

    /// The base of the segment behind it.
    public long endOffset() {
        return endOffset;
    }

    /// All its frames, or those from an offset on.
    public SegmentWalk walk(long fromOffset, Consumer<Damage> damage) {
        boolean all = fromOffset <= file.base();
        long from = all ? SegmentHeader.FIRST_FRAME : ask(known -> known.positionBefore(fromOffset));
        long knownOffset = all ? file.base() : SegmentWalk.Stretch.UNKNOWN;
        return new SegmentWalk(file, new SegmentWalk.Stretch(from, knownOffset, end, endOffset), damage);
    }

    /// Asks the index, which is built anew when it turns out to be damaged.
    public <T> T ask(Function<SegmentIndex, T> question) {
        SegmentIndex asked = index();
        try {
            return switch (asked) {
                case LiveIndex live -> ask(live, question);
                case SealedIndex sealed -> question.apply(sealed);
            };
        } catch (DamagedIndex _) {
            return ask(rebuild(), question);
        }
    }

    private static <T> T ask(LiveIndex live, Function<SegmentIndex, T> question) {
        synchronized (live) {
            return question.apply(live);
        }
    }

    private SegmentIndex index() {
        SegmentIndex known = index;
        if (known == null) {
            known = IndexFile.open(storage, file, end).orElse(null);
            if (known == null) {
                return rebuild();
            }
            index = known;
        }
        return known;
    }

    private LiveIndex rebuild() {
        LiveIndex built =
                IndexFile.build(file, new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, file.base(), end, endOffset));
        index = built;
        return built;
    }

    /// Sets `event` on the event of that key.
    ///
    /// @return false when the segment has none
    public boolean find(String sessionId, long seq, EventFrame event) {
        long position = ask(known -> known.position(sessionId, seq));
        return position != SegmentIndex.NO_POSITION
                && read(position, event)
                && event.seq() == seq
                && event.isOfSession(sessionId);
    }

    /// Sets `event` on the frame at that position; false when there is no valid event.
    public boolean read(long position, EventFrame event) {
        FrameCursor frame = file.frames();
        return frame.moveTo(position, end) && frame.type() == FrameType.EVENT && frame.readEvent(event, file.base());
    }
}
