// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Durability;
import java.time.Duration;

/// How a writer behaves. Nothing here is kept in the log: each opening may choose anew.
///
/// @param segmentBytes a segment is sealed before it grows beyond this; 4 KiB to 1 GiB, 64 MiB by default. A larger
///     batch has a segment of its own
/// @param groupBytes a group is forced once this many bytes of frames wait; 1 or more, 4,096 by default
/// @param groupEvents … or this many events; 1 or more, 128 by default
/// @param groupWait … or the first of them has waited this long; 10 ms by default
/// @param durability of an append that names none; [Durability#MEMORY] by default
public record HotLogOptions(
        int segmentBytes, int groupBytes, int groupEvents, Duration groupWait, Durability durability) {
    public static final int MIN_SEGMENT_BYTES = 4 << 10;
    public static final int MAX_SEGMENT_BYTES = 1 << 30;

    public static final HotLogOptions DEFAULTS =
            new HotLogOptions(64 << 20, 4096, 128, Duration.ofMillis(10), Durability.MEMORY);

    public HotLogOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes " + segmentBytes + " is not in " + MIN_SEGMENT_BYTES + " .. " + MAX_SEGMENT_BYTES);
        }
        if (groupBytes < 1 || groupEvents < 1) {
            throw new IllegalArgumentException("a group holds at least one byte and one event");
        }
        if (groupWait.isNegative()) {
            throw new IllegalArgumentException("groupWait " + groupWait + " is negative");
        }
    }

    public HotLogOptions withSegmentBytes(int bytes) {
        return new HotLogOptions(bytes, groupBytes, groupEvents, groupWait, durability);
    }

    public HotLogOptions withGroup(int bytes, int events, Duration wait) {
        return new HotLogOptions(segmentBytes, bytes, events, wait, durability);
    }

    public HotLogOptions withDurability(Durability word) {
        return new HotLogOptions(segmentBytes, groupBytes, groupEvents, groupWait, word);
    }
}
