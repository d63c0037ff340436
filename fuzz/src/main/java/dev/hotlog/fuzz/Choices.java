// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.fuzz;

import java.util.Arrays;

/// Reads an input as a row of choices, so that a fuzzer that changes a byte changes a choice. Behind the input's
/// end all choices are the first.
public final class Choices {
    private final byte[] input;
    private int at;

    public Choices(byte[] input) {
        this.input = input.clone();
    }

    public boolean hasMore() {
        return at < input.length;
    }

    /// A number from 0 to 255.
    public int next() {
        return at < input.length ? input[at++] & 0xFF : 0;
    }

    /// A number from 0 to `bound - 1`.
    public int below(int bound) {
        int wide = bound <= 1 << Byte.SIZE ? next() : next() << Byte.SIZE | next();
        return wide % bound;
    }

    /// All that has not been chosen from, and no more choices.
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(input, Math.min(at, input.length), input.length);
        at = input.length;
        return rest;
    }
}
