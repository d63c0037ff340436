// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.EventView;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;

/// A replay of a whole log as views, of each of which some fields are read.
///
/// @param expected what that must come to
record ViewScan(HotLogReader reader, Tally expected) {
    double eventsASecond() throws IOException {
        long events = 0;
        long sum = 0;
        long start = System.nanoTime();
        for (EventView event : reader.replay()) {
            sum += Tally.digest(event);
            events++;
        }
        long nanos = System.nanoTime() - start;
        new Tally(events, sum).check("scan as views", expected);
        return events / (nanos / 1e9);
    }
}
