// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Tells texts that cannot have a word of ASCII from those that do, by their bytes and at a few of them a
/// step (the algorithm of Horspool). For any thread.
final class BytePattern {
    private static final int BYTE_VALUES = 256;

    private final byte[] small;
    private final byte[] large;
    /// How far on the pattern may match next, by the byte that lies under its last one.
    private final int[] steps = new int[BYTE_VALUES];

    private BytePattern(String small, String large) {
        this.small = small.getBytes(StandardCharsets.US_ASCII);
        this.large = large.getBytes(StandardCharsets.US_ASCII);
        int last = this.small.length - 1;
        Arrays.fill(steps, this.small.length);
        for (int i = 0; i < last; i++) {
            steps[this.small[i]] = last - i;
            steps[this.large[i]] = last - i;
        }
    }

    /// @param word of ASCII, not empty
    static BytePattern of(String word, Query.Case letters) {
        return letters == Query.Case.EXACT
                ? new BytePattern(word, word)
                : new BytePattern(word.toLowerCase(Locale.ROOT), word.toUpperCase(Locale.ROOT));
    }

    /// Whether it is anywhere in the first bytes of a text.
    boolean isIn(byte[] text, int length) {
        int last = small.length - 1;
        byte lastSmall = small[last];
        byte lastLarge = large[last];
        int at = last;
        while (at < length) {
            byte b = text[at];
            if ((b == lastSmall || b == lastLarge) && isAt(text, at - last)) {
                return true;
            }
            at += steps[b & (BYTE_VALUES - 1)];
        }
        return false;
    }

    private boolean isAt(byte[] text, int start) {
        for (int i = 0; i < small.length - 1; i++) {
            byte b = text[start + i];
            if (b != small[i] && b != large[i]) {
                return false;
            }
        }
        return true;
    }
}
