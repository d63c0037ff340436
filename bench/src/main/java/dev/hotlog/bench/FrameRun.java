// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.segment.SegmentFile;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/// Frames of events that lie one behind the other in a segment.
final class FrameRun {
    private final SegmentFile segment;
    private final int start;
    private final int[] lengths;
    private final int[] writeBytes;

    /// @param start the position of the first
    /// @param lengths of each frame in bytes, with header and padding
    /// @param writeBytes the bytes of each write that brought them
    FrameRun(SegmentFile segment, int start, int[] lengths, int[] writeBytes) {
        this.segment = segment;
        this.start = start;
        this.lengths = lengths;
        this.writeBytes = writeBytes;
    }

    SegmentFile segment() {
        return segment;
    }

    int start() {
        return start;
    }

    int[] lengths() {
        return lengths;
    }

    /// The bytes of each write that brought them. The log synced behind each.
    int[] writeBytes() {
        return writeBytes;
    }

    /// The position behind the last.
    int end() {
        return start + IntStream.of(lengths).sum();
    }

    int lengthBytes() {
        return end() - start;
    }

    /// The segment from its first byte on; positions in it are those of the frames.
    ByteBuffer bytes() {
        return segment.bytes().asByteBuffer();
    }
}
