// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON text, kept byte for byte as UTF-8 and never parsed by the log.
///
/// That the text is JSON is its writer's word: the log stores any bytes, so that one odd payload never harms its
/// neighbours. Immutable; equal when the bytes are equal.
public final class Json {
    /// No payload at all: zero bytes, which an event's JSON form leaves out.
    public static final Json NONE = new Json(new byte[0]);

    private final byte[] utf8;

    private Json(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// Takes the text as UTF-8. Lone surrogates become `?`, as [String#getBytes(java.nio.charset.Charset)] does.
    public static Json of(String text) {
        return text.isEmpty() ? NONE : new Json(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Copies the bytes.
    public static Json of(byte[] utf8) {
        return of(utf8, 0, utf8.length);
    }

    /// Copies `length` bytes from `start` on.
    public static Json of(byte[] utf8, int start, int length) {
        return length == 0 ? NONE : new Json(Arrays.copyOfRange(utf8, start, start + length));
    }

    /// Copies the bytes of a segment of at most 2 GiB.
    public static Json of(MemorySegment utf8) {
        int length = Math.toIntExact(utf8.byteSize());
        if (length == 0) {
            return NONE;
        }
        byte[] copy = new byte[length];
        MemorySegment.copy(utf8, 0, MemorySegment.ofArray(copy), 0, length);
        return new Json(copy);
    }

    public boolean isEmpty() {
        return utf8.length == 0;
    }

    public int lengthBytes() {
        return utf8.length;
    }

    /// Copies all bytes to `target`, from `start` on.
    public void copyTo(MemorySegment target, long start) {
        MemorySegment.copy(MemorySegment.ofArray(utf8), 0, target, start, utf8.length);
    }

    /// A copy of the bytes.
    public byte[] toBytes() {
        return utf8.clone();
    }

    /// The text; bytes that are no UTF-8 show as U+FFFD.
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && Arrays.equals(utf8, json.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }
}
