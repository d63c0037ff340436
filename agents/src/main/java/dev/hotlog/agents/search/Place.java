// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

/// Where an event is that says what is looked for, and when it was. The newest is the least; of one time, the last that
/// the log took in.
///
/// @param millis as [EventView#cappedMillis] tells it
record Place(long millis, long offset) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
        int newer = Long.compare(other.millis, millis);
        return newer != 0 ? newer : Long.compare(other.offset, offset);
    }
}
