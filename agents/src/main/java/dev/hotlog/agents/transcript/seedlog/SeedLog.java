// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.seedlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// The file as a whole: a header of 12 bytes, then frames to its end.
///
/// ```
/// place  size  field
///     0     8  magic    4F 48 4E 45 5A 49 41 4B
///     8     4  version  1, little-endian
///    12        frames
/// ```
public final class SeedLog {
    /// What it is counted under in reports.
    public static final String NAME = "hot-log";

    /// The name the file goes by.
    public static final String FILE_NAME = "log.bin";

    static final int HEADER_BYTES = 12;

    private static final long MAGIC = 0x4B41495A454E484FL;
    private static final int VERSION = 1;

    private SeedLog() {}

    /// Whether the file begins as such a log of the one version there is.
    public static boolean isOne(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
            // until it is whole, or the file ends
        }
        return !header.hasRemaining() && header.getLong(0) == MAGIC && header.getInt(8) == VERSION;
    }
}
