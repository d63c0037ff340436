// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.util.Comparator;
import java.util.Optional;

/// Makes the next writer believe that the last one closed the log behind the last frame that can be read, whether the
/// disk has that frame or the page cache alone.
public final class TrustedEnd {
    private TrustedEnd() {}

    /// Lays a closing mark there, and says in `published` that it was forced.
    public static void close(Storage storage) throws LogException {
        Optional<String> last = storage.list().stream()
                .filter(name -> SegmentName.base(name).isPresent())
                .max(Comparator.naturalOrder());
        if (last.isEmpty()) {
            return;
        }
        SegmentFile segment = SegmentFile.open(storage, last.get());
        UnsealedEnd end = UnsealedEnd.survey(
                segment, SegmentHeader.FIRST_FRAME, segment.base(), UnsealedEnd.Known.NOTHING, (_, _) -> {});
        FrameWriter mark = new FrameWriter();
        mark.begin(segment.header(), end.end());
        mark.mark(FrameType.CLOSE, end.nextOffset());
        try (StoredFile file = storage.open(last.get())) {
            file.write(mark.written(), end.end());
        }
        try (Published.File published = Published.File.open(storage)) {
            published.writeClosed(segment.base(), segment.header().epoch(), end.end(), end.nextOffset());
        }
    }
}
