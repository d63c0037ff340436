// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import java.util.Arrays;

/// Offsets that come in growing order and are taken in falling order; only so many of the last are kept.
final class NewestOffsets {
    private static final int FIRST_SIZE = 16;

    private final long most;
    private long[] kept = new long[FIRST_SIZE];
    /// The place behind the last one.
    private int end;
    private int size;

    /// @param most that are kept, one at least
    NewestOffsets(long most) {
        this.most = most;
    }

    void add(long offset) {
        if (size == kept.length && size < most) {
            kept = Arrays.copyOf(kept, (int) Math.min(most, 2L * kept.length));
        }
        end = end == kept.length ? 0 : end;
        kept[end++] = offset;
        size = (int) Math.min(Math.min(most, kept.length), size + 1L);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The highest of those that are left.
    long take() {
        long newest = kept[--end];
        end = end == 0 ? kept.length : end;
        size--;
        return newest;
    }
}
