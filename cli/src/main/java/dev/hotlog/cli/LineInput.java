// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Lines of bytes, each handed out as soon as it has come. A line over the limit is passed over without being kept.
///
/// After a true [#next], the line is `bytes()[start() .. end()]` until the next call, its line break left out.
final class LineInput {
    private static final int FIRST_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxLineBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int filled;
    private int start;
    private int end;
    private int next;
    private long number;
    private boolean tooLong;
    private boolean ended;

    /// @param maxLineBytes of the longest line that is kept
    LineInput(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /// Goes to the next line; waits for it to come.
    ///
    /// @return false when there are no more
    boolean next() throws IOException {
        start = next;
        tooLong = false;
        int searched = start;
        while (true) {
            int found = indexOfBreak(searched);
            if (found >= 0) {
                return line(found, found + 1);
            }
            searched = filled;
            if (ended) {
                return (tooLong || filled > start) && line(filled, filled);
            }
            if (filled - start > maxLineBytes) {
                // What has come of it is dropped, what is to come as well.
                tooLong = true;
                filled = start;
                searched = start;
            }
            searched -= makeRoom();
            int read = in.read(bytes, filled, bytes.length - filled);
            ended = read < 0;
            filled += Math.max(0, read);
        }
    }

    private boolean line(int lineEnd, int nextStart) {
        end = tooLong ? start : lineEnd;
        next = nextStart;
        number++;
        tooLong |= end - start > maxLineBytes;
        return true;
    }

    private int indexOfBreak(int from) {
        for (int i = from; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// @return how far everything moved to the front
    private int makeRoom() {
        if (filled < bytes.length) {
            return 0;
        }
        int moved = start;
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, filled - start);
            filled -= moved;
            start = 0;
        } else {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, maxLineBytes + (long) FIRST_BYTES));
        }
        return moved;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// The line's number, from 1.
    long number() {
        return number;
    }

    /// Whether the line was longer than allowed, and so is not there.
    boolean isTooLong() {
        return tooLong;
    }

    /// Whether there is nothing on the line.
    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }
}
