// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import java.util.PriorityQueue;

/// The times of the newest hits so far, as many as are wanted: what is older than all of them need not be looked
/// through. For any thread.
final class NewestTimes {
    /// Who wants more than so many has nearly all looked through in any case.
    private static final int MAX_KEPT = 100_000;

    private final long wanted;
    private final PriorityQueue<Long> times = new PriorityQueue<>();
    private volatile long floorMillis = Long.MIN_VALUE;

    /// @param wanted one at least
    NewestTimes(long wanted) {
        this.wanted = wanted;
    }

    /// A time such that there are enough hits which are not older.
    long floorMillis() {
        return floorMillis;
    }

    void add(long millis) {
        if (wanted <= MAX_KEPT && millis >= floorMillis) {
            keep(millis);
        }
    }

    private synchronized void keep(long millis) {
        times.add(millis);
        if (times.size() > wanted) {
            times.remove();
        }
        if (times.size() == wanted) {
            floorMillis = times.element();
        }
    }
}
