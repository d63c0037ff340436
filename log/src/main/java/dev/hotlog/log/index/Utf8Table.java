// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.Span;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Texts as UTF-8, each under an ordinal that counts from 0: open addressing, half full at most. For one thread.
///
/// Finding a text takes no memory.
final class Utf8Table {
    /// What a search gives for a text that is not here.
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 16;

    /// By ordinal.
    private byte[][] texts = new byte[FIRST_CAPACITY][];

    /// By ordinal.
    private long[] hashes = new long[FIRST_CAPACITY];

    private int count;

    /// What was last found in memory: texts come in runs.
    private int lastFound;

    private long textBytes;

    /// An ordinal plus one, or 0 where none is. The length is a power of two.
    private int[] slots = new int[2 * FIRST_CAPACITY];

    int count() {
        return count;
    }

    byte[] text(int ordinal) {
        return texts[ordinal];
    }

    long hash(int ordinal) {
        return hashes[ordinal];
    }

    /// The upper halves of all hashes.
    int[] upperHashes() {
        int[] upper = new int[count];
        for (int ordinal = 0; ordinal < count; ordinal++) {
            upper[ordinal] = (int) (hashes[ordinal] >>> Integer.SIZE);
        }
        return upper;
    }

    int find(byte[] text) {
        return find(text, Utf8.hash(text));
    }

    /// @param hash of the text
    int find(byte[] text, long hash) {
        for (int slot = (int) hash & (slots.length - 1); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int ordinal = slots[slot] - 1;
            if (hashes[ordinal] == hash && Arrays.equals(texts[ordinal], text)) {
                return ordinal;
            }
        }
        return ABSENT;
    }

    int find(MemorySegment memory, long span) {
        if (lastFound < count && Utf8.isAt(memory, span, texts[lastFound])) {
            return lastFound;
        }
        long hash = Utf8.hash(memory, span);
        for (int slot = (int) hash & (slots.length - 1); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int ordinal = slots[slot] - 1;
            if (hashes[ordinal] == hash && Utf8.isAt(memory, span, texts[ordinal])) {
                lastFound = ordinal;
                return ordinal;
            }
        }
        return ABSENT;
    }

    /// The text's ordinal; it gets the next one when it is new.
    int findOrAdd(byte[] text) {
        int found = find(text);
        return found == ABSENT ? add(text) : found;
    }

    int findOrAdd(MemorySegment memory, long span) {
        int found = find(memory, span);
        if (found != ABSENT) {
            return found;
        }
        return add(Bytes.copy(memory, Span.position(span), Span.lengthBytes(span)));
    }

    private int add(byte[] text) {
        if (count == texts.length) {
            grow();
        }
        int ordinal = count++;
        texts[ordinal] = text;
        hashes[ordinal] = Utf8.hash(text);
        textBytes += text.length;
        place(ordinal);
        return ordinal;
    }

    private void grow() {
        texts = Arrays.copyOf(texts, 2 * count);
        hashes = Arrays.copyOf(hashes, 2 * count);
        slots = new int[2 * texts.length];
        for (int ordinal = 0; ordinal < count; ordinal++) {
            place(ordinal);
        }
    }

    private void place(int ordinal) {
        int slot = (int) hashes[ordinal] & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = ordinal + 1;
    }

    /// Roughly what it takes of the heap.
    long heapBytes() {
        int bytesAnArray = 24;
        return textBytes
                + texts.length * (long) (Integer.BYTES + Long.BYTES + 2 * Integer.BYTES)
                + count * (long) bytesAnArray;
    }
}
