// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.Storage;
import java.lang.foreign.MemorySegment;

/// A segment as it was when it was mapped: good for any bytes that were written by then, and, up to the length it had,
/// for those written since.
///
/// @param header as read; its damaged copy, if there is one, is told by [#damagedHeaderCopies]
/// @param bytes from the file's first on
public record SegmentFile(String name, SegmentHeader header, MemorySegment bytes, int damagedHeaderCopies) {
    /// Maps a segment and reads its header.
    ///
    /// @throws LogException.UnsupportedFormat when it is not ours, or from a later version
    /// @throws LogException.Damaged when its header cannot be read
    public static SegmentFile open(Storage storage, String name) throws LogException {
        MemorySegment bytes = storage.map(name);
        MemorySegment head = bytes.asSlice(0, Math.min(bytes.byteSize(), SegmentHeader.FIRST_FRAME));
        return switch (SegmentHeader.read(head)) {
            case SegmentHeader.Verdict.Sound(SegmentHeader header, int damaged) -> {
                if (header.base() != SegmentName.base(name).orElseThrow()) {
                    throw new LogException.UnsupportedFormat(storage.directory().resolve(name)
                            + " is a segment of another name, " + SegmentName.segment(header.base()));
                }
                yield new SegmentFile(name, header, bytes, damaged);
            }
            case SegmentHeader.Verdict.Newer(int version) ->
                throw new LogException.UnsupportedFormat(
                        storage.directory().resolve(name) + " was written by a later version of hotlog (format "
                                + version + "; this program reads format " + SegmentHeader.VERSION + ")");
            case SegmentHeader.Verdict.Foreign _ ->
                throw new LogException.UnsupportedFormat(storage.directory().resolve(name) + " is not a hotlog file");
            case SegmentHeader.Verdict.Damaged _ ->
                throw new LogException.Damaged(new Damage(
                        "the segment's header cannot be read",
                        name,
                        0,
                        bytes.byteSize(),
                        SegmentName.base(name).orElseThrow(),
                        Damage.UNKNOWN));
        };
    }

    /// The same segment, mapped anew when it has grown since.
    public SegmentFile refreshed(Storage storage) throws LogException {
        return storage.sizeBytes(name) == bytes.byteSize()
                ? this
                : new SegmentFile(name, header, storage.map(name), damagedHeaderCopies);
    }

    public FrameCursor frames() {
        return new FrameCursor(bytes, header.place());
    }

    public long base() {
        return header.base();
    }

    public long sizeBytes() {
        return bytes.byteSize();
    }
}
