// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

/// How far the log is on disk, and what it took since it was opened. Guarded by the [CommitQueue]'s lock.
public final class OnDisk {
    private long groupNumber;
    private long nextOffset;
    private long events;
    private long frameBytes;
    private long forces;

    /// @param nextOffset the offset behind what was there before
    OnDisk(long nextOffset) {
        this.nextOffset = nextOffset;
    }

    /// Takes in a group that was forced and published.
    void add(Group group) {
        groupNumber = group.number();
        nextOffset = group.nextOffset();
        events += group.events();
        frameBytes += group.frames().lengthBytes();
        forces++;
    }

    /// The number of the last group that is on disk; 0 before the first.
    long groupNumber() {
        return groupNumber;
    }

    /// All events below this offset are on disk.
    public long nextOffset() {
        return nextOffset;
    }

    public long events() {
        return events;
    }

    public long frameBytes() {
        return frameBytes;
    }

    public long forces() {
        return forces;
    }
}
