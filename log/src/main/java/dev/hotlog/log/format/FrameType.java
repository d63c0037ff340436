// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.util.List;

/// What a frame holds. Stored as its ordinal plus one; zero is unwritten space. (docs/format.md, Frames)
public enum FrameType {
    /// One event; takes an offset.
    EVENT,
    /// What was told of a session.
    FACTS,
    /// How far a source has been read.
    CURSOR,
    /// The writer closed the log here; everything before is on disk.
    CLOSE,
    /// The segment ends here; the next one begins with this frame's offset.
    SEAL,
    /// Events that were lost to damage: repair put this in their place. Takes as many offsets as were lost.
    LOST;

    private static final List<FrameType> ALL = List.of(values());

    int code() {
        return ordinal() + 1;
    }

    static boolean isCode(int code) {
        return code >= 1 && code <= ALL.size();
    }

    static FrameType ofCode(int code) {
        return ALL.get(code - 1);
    }
}
