// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.Place;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.ReadableStorage;
import java.lang.foreign.MemorySegment;

/// A segment as it was when it was mapped: good for any bytes that were written by then, and, up to the length it had,
/// for those written since.
///
/// @param header as read; when no copy can be read, what could be found out otherwise, the rest 0
/// @param place where its frames belong
/// @param bytes from the file's first on
/// @param damagedHeaderCopies how many of the two cannot be read
public record SegmentFile(
        String name, SegmentHeader header, Place place, MemorySegment bytes, int damagedHeaderCopies) {
    /// As long as a segment grows: the last whole page that a buffer can hold, since readers look at it as one.
    public static final long MOST_BYTES = Integer.MAX_VALUE & -4096;

    /// What a file under a segment's name is.
    sealed interface Verdict {
        record Sound(SegmentFile segment) implements Verdict {}

        /// Ours, or nothing at all; neither copy of the header can be read.
        record Headless(MemorySegment bytes) implements Verdict {}

        /// Not ours by its head, or not in its place. `problem` says what it is, behind the file's name.
        record Foreign(MemorySegment bytes, String problem) implements Verdict {}
    }

    /// Maps a segment and reads its header.
    ///
    /// @throws LogException.UnsupportedFormat when it is not ours, or from a later version
    /// @throws LogException.Damaged when its header cannot be read
    public static SegmentFile open(ReadableStorage storage, String name) throws LogException {
        return switch (judge(storage, name)) {
            case Verdict.Sound(SegmentFile segment) -> segment;
            case Verdict.Headless(MemorySegment bytes) ->
                throw new LogException.Damaged(headerDamage(name, bytes.byteSize(), Damage.UNKNOWN));
            case Verdict.Foreign(MemorySegment _, String problem) ->
                throw new LogException.UnsupportedFormat(storage.directory().resolve(name) + " " + problem);
        };
    }

    /// Maps a file and looks at its header.
    ///
    /// @throws LogException.UnsupportedFormat when it is from a later version
    static Verdict judge(ReadableStorage storage, String name) throws LogException {
        MemorySegment mapped = storage.map(name);
        // Whatever made it longer, no frame lies there.
        MemorySegment bytes = mapped.asSlice(0, Math.min(mapped.byteSize(), MOST_BYTES));
        boolean cut = bytes.byteSize() < mapped.byteSize();
        MemorySegment head = bytes.asSlice(0, Math.min(bytes.byteSize(), SegmentHeader.FIRST_FRAME));
        SegmentHeader.Verdict verdict = SegmentHeader.read(head);
        if (verdict instanceof SegmentHeader.Verdict.Sound(SegmentHeader header, int damaged)) {
            return header.base() == SegmentName.base(name).orElseThrow()
                    ? new Verdict.Sound(new SegmentFile(name, header, header.place(), bytes, damaged))
                    : new Verdict.Foreign(bytes, "is a segment of another name, " + SegmentName.segment(header.base()));
        }
        if (verdict instanceof SegmentHeader.Verdict.Newer(int version)) {
            throw new LogException.UnsupportedFormat(
                    storage.directory().resolve(name) + " was written by a later version of hotlog (format " + version
                            + "; this program reads format " + SegmentHeader.VERSION + ")");
        }
        MemorySegment readable = cut ? head : bytes;
        return verdict instanceof SegmentHeader.Verdict.Foreign
                ? new Verdict.Foreign(readable, "is not a hotlog file")
                : new Verdict.Headless(readable);
    }

    /// What to tell of a segment whose header cannot be read.
    static Damage headerDamage(String name, long lengthBytes, long lostEvents) {
        long base = SegmentName.base(name).orElseThrow();
        return new Damage("the segment's header cannot be read", name, 0, lengthBytes, base, lostEvents);
    }

    /// Whether it is known which log and which making of the file this is: else only its frames tell that they belong
    /// together.
    public boolean isIdentified() {
        return header.epoch() != 0;
    }

    public FrameCursor frames() {
        return new FrameCursor(bytes, place);
    }

    public long base() {
        return header.base();
    }

    public long sizeBytes() {
        return bytes.byteSize();
    }
}
