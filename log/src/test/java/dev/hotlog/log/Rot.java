// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.IndexName;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;

/// Bytes of a log that rot on disk.
final class Rot {
    private static final int IN_HEADER = SegmentHeader.BYTES / 2;
    private static final int IN_INDEX = 300;

    private Rot() {}

    /// A byte of one copy of the header of the first and of the last segment, and one of the first index if there is
    /// any:
    /// every event can still be read.
    static void ofWhatCanBeMended(Storage storage) throws LogException {
        List<String> segments = storage.list().stream()
                .filter(name -> SegmentName.base(name).isPresent())
                .toList();
        flip(storage, segments.getFirst(), IN_HEADER);
        if (segments.size() > 1) {
            flip(storage, segments.getLast(), IN_HEADER);
        }
        for (String name : storage.list()) {
            if (IndexName.base(name).isPresent()) {
                flip(storage, name, IN_INDEX);
                return;
            }
        }
    }

    private static void flip(Storage storage, String name, int position) throws LogException {
        byte[] one = {(byte) ~storage.map(name).get(ValueLayout.JAVA_BYTE, position)};
        try (StoredFile file = storage.open(name)) {
            file.write(ByteBuffer.wrap(one), position);
            file.force();
        }
    }
}
