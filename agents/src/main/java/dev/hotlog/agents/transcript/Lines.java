// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import tools.jackson.core.JacksonException;

/// Cuts a file into lines at `\n` bytes, one after the other, in memory that is bounded by its longest line.
///
/// A line lies in a buffer that is used again for the next. Lines up to [#MAX_LINE_BYTES] are given whole; a longer
/// one is told, but not read. The last line may have no newline: whether it is whole is for the caller to see.
public final class Lines {
    /// 32 MiB.
    public static final int MAX_LINE_BYTES = 32 << 20;

    private static final int SMALL_BYTES = 64 << 10;
    /// The system copies what it reads into the heap through memory of this size, which it keeps.
    private static final int READ_BYTES = 128 << 10;

    private final FileChannel channel;
    private final long limit;
    private byte[] buffer = new byte[SMALL_BYTES];
    /// Where in the file `buffer[0]` lies.
    private long bufferPosition;
    private int filled;
    private int next;

    private int start;
    private int end;
    private long tooLongBytes;
    private boolean terminated;

    /// @param from where in the file to begin, at a line's first byte or within a line
    /// @param limit how much of the file to read, though it may grow meanwhile
    public Lines(FileChannel channel, long from, long limit) {
        this.channel = channel;
        this.limit = limit;
        bufferPosition = from;
    }

    /// Moves to the next line; false at the end of the file.
    public boolean next() throws IOException {
        tooLongBytes = 0;
        makeRoom();
        int searched = next;
        while (true) {
            int newline = newlineBetween(searched, filled);
            if (newline >= 0) {
                return line(newline, true);
            }
            searched = filled;
            if (filled == buffer.length && !grow()) {
                return skip();
            }
            if (!read()) {
                return filled > next && line(filled, false);
            }
        }
    }

    private boolean line(int lineEnd, boolean whole) {
        start = next;
        end = lineEnd;
        terminated = whole;
        next = whole ? lineEnd + 1 : lineEnd;
        return true;
    }

    /// Moves what is unread to the front; gives back the memory that a long line took.
    private void makeRoom() {
        int rest = filled - next;
        boolean shrinks = buffer.length > READ_BYTES && rest <= SMALL_BYTES / 2;
        if (next > 0 && (rest == 0 || shrinks || newlineBetween(next, filled) < 0)) {
            byte[] target = shrinks ? new byte[SMALL_BYTES] : buffer;
            System.arraycopy(buffer, next, target, 0, rest);
            buffer = target;
            bufferPosition += next;
            filled = rest;
            next = 0;
        }
    }

    private int newlineBetween(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Makes the buffer as long as the line that does not fit: its end is looked for first, so that memory is taken
    /// once. False when the line is too long to keep.
    private boolean grow() throws IOException {
        long wanted = buffer.length * 2L;
        if (wanted > READ_BYTES) {
            wanted = filled + lengthBeyond(bufferPosition + filled);
            if (wanted > MAX_LINE_BYTES) {
                tooLongBytes = wanted;
                return false;
            }
            wanted += SMALL_BYTES / 4;
        }
        buffer = Arrays.copyOf(buffer, (int) wanted);
        return true;
    }

    /// How many bytes of the line lie at and after that position, its newline not counted.
    private long lengthBeyond(long position) throws IOException {
        byte[] some = new byte[READ_BYTES];
        long at = position;
        while (at < limit) {
            int read = channel.read(ByteBuffer.wrap(some, 0, (int) Math.min(some.length, limit - at)), at);
            for (int i = 0; i < read; i++) {
                if (some[i] == '\n') {
                    return at + i - position;
                }
            }
            if (read <= 0) {
                break;
            }
            at += read;
        }
        return at - position;
    }

    private boolean skip() {
        long lineEnd = bufferPosition + tooLongBytes;
        terminated = lineEnd < limit;
        start = end = next = filled = 0;
        bufferPosition = terminated ? lineEnd + 1 : lineEnd;
        return true;
    }

    private boolean read() throws IOException {
        long at = bufferPosition + filled;
        int most = (int) Math.min(Math.min(READ_BYTES, buffer.length - filled), limit - at);
        int read = most <= 0 ? -1 : channel.read(ByteBuffer.wrap(buffer, filled, most), at);
        filled += Math.max(read, 0);
        return read > 0;
    }

    /// What the line lies in, from [#start()] to [#end()]; until the next line is read, and not to be changed.
    public byte[] bytes() {
        return buffer;
    }

    public int start() {
        return start;
    }

    /// The newline is not counted in.
    public int end() {
        return end;
    }

    /// Whether a newline ends the line; without one the agent may be writing it still.
    public boolean isTerminated() {
        return terminated;
    }

    /// The length of a line that is too long to be kept, else 0.
    public long tooLongBytes() {
        return tooLongBytes;
    }

    /// Where in the file a byte of [#bytes()] lies.
    public long positionOf(int at) {
        return bufferPosition + at;
    }

    /// Where in the file the next line begins.
    public long nextPosition() {
        return bufferPosition + next;
    }

    /// The first JSON object on the line, or none: for a look at a file, which takes no notice of what is wrong
    /// with it.
    public JsonSlice firstObject() {
        int at = start;
        while (at < end && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
            at++;
        }
        if (at == end || buffer[at] != '{') {
            return JsonSlice.NONE;
        }
        try {
            return JsonSlice.objectAt(buffer, at, end);
        } catch (JacksonException _) {
            return JsonSlice.NONE;
        }
    }
}
