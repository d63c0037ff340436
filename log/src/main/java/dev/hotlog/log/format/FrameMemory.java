// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import dev.hotlog.event.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Memory into which numbers and texts are laid, one behind the other. For one thread.
///
/// It grows when [#ensure] asks for room, which all other calls count on, and is kept from one use to the next.
/// Memory of more than [#KEPT_BYTES] is given back after a use that needed little of it.
final class FrameMemory {
    /// So much is always kept.
    private static final int KEPT_BYTES = 4 << 20;
    /// A use that needed less than one part in so many had little of the memory.
    private static final int LITTLE = 4;

    private static final int FIRST_BYTES = 8 << 10;
    private static final int MAX_BYTES = Integer.MAX_VALUE - Bytes.ALIGNMENT;
    /// A Java char becomes three bytes of UTF-8 at most; a surrogate pair four, so two a char.
    private static final int UTF8_BYTES_A_CHAR = 3;
    /// A text of so many chars or less is laid without an allocation, if it is of ASCII.
    private static final int SHORT_TEXT_CHARS = 256;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private final CRC32C crc = new CRC32C();
    private final byte[] shortText = new byte[SHORT_TEXT_CHARS];
    private final MemorySegment shortMemory = MemorySegment.ofArray(shortText);
    private MemorySegment memory = MemorySegment.NULL;
    private ByteBuffer view = ByteBuffer.allocate(0);
    private int end;
    /// The most that was laid since it began, but for what lies there now.
    private int mostLaid;

    FrameMemory() {
        allocate(FIRST_BYTES);
    }

    /// How many bytes of UTF-8 the text takes at most.
    static long boundOf(String text) {
        return UTF8_BYTES_A_CHAR * (long) text.length();
    }

    /// Begins anew.
    void clear() {
        rewindTo(0);
        if (memory.byteSize() > KEPT_BYTES && mostLaid < memory.byteSize() / LITTLE) {
            allocate(FIRST_BYTES);
        }
        mostLaid = 0;
    }

    /// Goes on in other memory, with what has been laid; when there is none to be had, in what there was.
    private void allocate(long bytes) {
        // Memory outside the heap: the channel writes it without a copy. Freed by the collector, once none refers to
        // it.
        MemorySegment other = Arena.ofAuto().allocate(bytes, Bytes.ALIGNMENT);
        ByteBuffer otherView = other.asByteBuffer();
        MemorySegment.copy(memory, 0, other, 0, end);
        memory = other;
        view = otherView;
    }

    /// Makes room for so many bytes more.
    ///
    /// @throws IllegalArgumentException when that is more than 2 GiB in all
    void ensure(long bytes) {
        if (end + bytes > memory.byteSize()) {
            if (end + bytes > MAX_BYTES) {
                throw new IllegalArgumentException("a batch of more than 2 GiB");
            }
            // A large event gets what it needs and little more; many small ones do not make it grow at every step.
            long size = memory.byteSize();
            long grown = size + (size < KEPT_BYTES ? size : size / 4);
            allocate(Math.min(Math.max(Bytes.aligned(end + bytes), grown), MAX_BYTES));
        }
    }

    /// How many bytes have been laid.
    int end() {
        return end;
    }

    /// Takes back everything behind that place.
    void rewindTo(int place) {
        mostLaid = Math.max(mostLaid, end);
        end = place;
    }

    /// Leaves so many bytes to be laid later.
    void skip(int bytes) {
        end += bytes;
    }

    void u32(int value) {
        memory.set(Bytes.U32, end, value);
        end += Integer.BYTES;
    }

    void u64(long value) {
        memory.set(Bytes.U64, end, value);
        end += Long.BYTES;
    }

    void bytes(MemorySegment bytes) {
        MemorySegment.copy(bytes, 0, memory, end, bytes.byteSize());
        end += (int) bytes.byteSize();
    }

    void json(Json json) {
        json.copyTo(memory, end);
        end += json.lengthBytes();
    }

    /// Lays a text down as UTF-8.
    ///
    /// @param what it is, for messages
    /// @param most bytes
    /// @return its length in bytes
    /// @throws IllegalArgumentException when it is longer
    int text(String what, String text, int most) {
        return checked(what, isShortAscii(text) ? layShort(text.length()) : layAny(text), most);
    }

    /// Whether it is; then its bytes are in `shortText`, from where they are copied at once: to lay char by char takes
    /// longer.
    private boolean isShortAscii(String text) {
        int length = text.length();
        if (length > SHORT_TEXT_CHARS) {
            return false;
        }
        int bits = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            bits |= c;
            shortText[i] = (byte) c;
        }
        return bits < FIRST_BEYOND_ASCII;
    }

    private int layShort(int length) {
        MemorySegment.copy(shortMemory, 0, memory, end, length);
        end += length;
        return length;
    }

    private int layAny(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(MemorySegment.ofArray(utf8), 0, memory, end, utf8.length);
        end += utf8.length;
        return utf8.length;
    }

    private static int checked(String what, int lengthBytes, int most) {
        if (lengthBytes > most) {
            throw new IllegalArgumentException(what + " of " + lengthBytes + " bytes; the most is " + most);
        }
        return lengthBytes;
    }

    /// Fills up with zeros to a multiple of [Bytes#ALIGNMENT].
    void align() {
        while (end % Bytes.ALIGNMENT != 0) {
            memory.set(Bytes.U8, end++, (byte) 0);
        }
    }

    void setU8(int place, int value) {
        memory.set(Bytes.U8, place, (byte) value);
    }

    void setU16(int place, int value) {
        memory.set(Bytes.U16, place, (short) value);
    }

    void setU32(int place, int value) {
        memory.set(Bytes.U32, place, value);
    }

    void setU64(int place, long value) {
        memory.set(Bytes.U64, place, value);
    }

    int u32At(int place) {
        return memory.get(Bytes.U32, place);
    }

    int crcOf(int from, int to) {
        view.limit(to).position(from);
        crc.reset();
        crc.update(view);
        return (int) crc.getValue();
    }

    /// All that can be laid before it grows; what is laid shows in it.
    MemorySegment whole() {
        return memory;
    }

    /// What has been laid: a buffer that is good until the next [#clear].
    ByteBuffer laid() {
        return view.duplicate().position(0).limit(end);
    }
}
