// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Where frames belong: a number that is mixed into each frame's checksum, so that a stale or misplaced sector never
/// reads as an event. (docs/format.md, Checksum)
///
/// Two places in one file never mix in the same number: the factor is odd, so the multiplication loses no bit.
///
/// @param seed CRC-32C over the log's id, the segment's base and its epoch
public record Place(int seed) {
    private static final int SPREAD = 0x9E3779B1;

    static Place of(UUID logId, long base, long epoch) {
        ByteBuffer identity = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        identity.putLong(logId.getMostSignificantBits())
                .putLong(logId.getLeastSignificantBits())
                .putLong(base)
                .putLong(epoch);
        CRC32C crc = new CRC32C();
        crc.update(identity.flip());
        return new Place((int) crc.getValue());
    }

    /// The one place that makes that plain checksum the stored one at that position.
    static Place implied(int stored, int crc, long position) {
        return new Place(stored ^ crc ^ (int) (position / Bytes.ALIGNMENT) * SPREAD);
    }

    /// The checksum as stored at that position, given the plain one.
    int bind(int crc, long position) {
        return crc ^ seed ^ (int) (position / Bytes.ALIGNMENT) * SPREAD;
    }
}
