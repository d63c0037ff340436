// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.HotLogOptions;
import java.util.stream.IntStream;

/// The moments at which frames are synced by a rule that knows no time: behind the frame with which a group
/// reaches so many bytes or so many events.
///
/// @param bytes 1 or more
/// @param events 1 or more
record SyncPlan(int bytes, int events) {
    static SyncPlan of(HotLogOptions options) {
        return new SyncPlan(options.groupBytes(), options.groupEvents());
    }

    /// The lengths of the groups that these frames fall into. What is left at the end is a group too.
    int[] groupBytes(int[] frameBytes) {
        IntStream.Builder groups = IntStream.builder();
        int waitingBytes = 0;
        int waiting = 0;
        for (int length : frameBytes) {
            waitingBytes += length;
            waiting++;
            if (waitingBytes >= bytes || waiting >= events) {
                groups.add(waitingBytes);
                waitingBytes = 0;
                waiting = 0;
            }
        }
        if (waiting > 0) {
            groups.add(waitingBytes);
        }
        return groups.build().toArray();
    }
}
