// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.util.Random;

/// Space of a disk as another file left it: at each position what that file had there, and behind its end garbage.
final class Recycled {
    private final byte[] bytes;
    private final long seed;

    /// @param bytes of the other file; none when nobody knows what it held
    /// @param seed of the garbage
    Recycled(byte[] bytes, long seed) {
        this.bytes = bytes;
        this.seed = seed;
    }

    void fill(byte[] file, int from, int to) {
        int known = Math.clamp(bytes.length, from, to);
        System.arraycopy(bytes, Math.min(from, bytes.length), file, from, known - from);
        byte[] rest = new byte[to - known];
        new Random(seed + known).nextBytes(rest);
        System.arraycopy(rest, 0, file, known, rest.length);
    }
}
