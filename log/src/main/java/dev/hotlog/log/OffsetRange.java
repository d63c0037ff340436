// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;

/// The part of a segment that a part of a replay goes through.
///
/// @param from the first offset in it; 0 when it begins where the segment does
/// @param before the first offset behind it; [Long#MAX_VALUE] when it ends where the segment does
record OffsetRange(long from, long before) {
    static final OffsetRange ALL = new OffsetRange(0, Long.MAX_VALUE);

    boolean contains(long offset) {
        return offset >= from && offset < before;
    }

    /// Whether damage begins in it: of several parts that meet one damage, one is to tell it.
    boolean begins(Damage damage) {
        return contains(damage.firstOffset());
    }

    /// Where to begin to walk for it: an event earlier, so that damage at its own first one has a known
    /// place.
    ///
    /// @param fromOffset where to begin when this begins with its segment
    long walkFrom(long fromOffset) {
        return from == 0 ? fromOffset : from - 1;
    }
}
