// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// Bytes of the log that are not as they were written; everything after them is still read.
///
/// @param problem what was found and what was expected, in words
/// @param file the file's name within the log's folder
/// @param position of the first bad byte's frame in that file
/// @param lengthBytes up to where the next good frame begins, or the end
/// @param firstOffset of the events that may be lost, or -1 when none are
/// @param lostEvents how many events are lost; 0 when it is known that none are, [#UNKNOWN] when it cannot be told
public record Damage(String problem, String file, long position, long lengthBytes, long firstOffset, long lostEvents) {
    /// A number of lost events that cannot be told.
    public static final long UNKNOWN = -1;

    /// Whether the event of that offset is, or may be, among those that are lost.
    public boolean mayHaveCost(long offset) {
        return lostEvents != 0 && firstOffset <= offset && (lostEvents == UNKNOWN || offset - firstOffset < lostEvents);
    }

    @Override
    public String toString() {
        String events = switch (Math.toIntExact(Math.min(lostEvents, 2))) {
            case -1 -> "events from offset " + firstOffset + " on may be lost";
            case 0 -> "no event lost";
            case 1 -> "the event at offset " + firstOffset + " is lost";
            default -> lostEvents + " events from offset " + firstOffset + " on are lost";
        };
        return problem + " (file=" + file + ", position=" + position + ", bytes=" + lengthBytes + "; " + events + ")";
    }
}
