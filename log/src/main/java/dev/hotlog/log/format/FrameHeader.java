// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

/// How a frame lies on disk, ahead of its body. Little-endian; begins at a multiple of 8 bytes. (docs/format.md,
/// Frames)
///
/// ```
/// place  size  field
///     0     4  crc32c   over bytes 4 .. end of the padding, bound to the place
///     4     4  length of the body in bytes (26 bits), type (5 bits), more-follows (1 bit)
///     8     4  offset   less the segment's base
///    12     4  how far back the frame's write began, in units of 8 bytes
/// ```
///
/// A write begins only after everything before it was forced: a valid frame proves that all bytes before the begin of
/// its write are on disk.
final class FrameHeader {
    static final int BYTES = 16;
    static final int WORD = 4;
    static final int OFFSET = 8;
    static final int BEHIND = 12;

    private static final int LENGTH_BITS = 26;
    static final int MAX_LENGTH = (1 << LENGTH_BITS) - 1;
    private static final int TYPE_MASK = 0x1F;
    private static final int MORE = 1 << 31;

    private FrameHeader() {}

    static int word(int lengthBytes, FrameType type, boolean more) {
        return lengthBytes | type.code() << LENGTH_BITS | (more ? MORE : 0);
    }

    static int lengthBytes(int word) {
        return word & MAX_LENGTH;
    }

    static int typeCode(int word) {
        return word >>> LENGTH_BITS & TYPE_MASK;
    }

    static int withoutMore(int word) {
        return word & ~MORE;
    }

    static boolean more(int word) {
        return (word & MORE) != 0;
    }
}
