// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import java.util.List;

/// The parts of a sealed index, in the order in which they lie in the file, each from a multiple of 8 bytes to the next
/// part's begin. (docs/format.md, Index)
enum IndexSection {
    /// [HashSlots] from session ids to rows.
    SESSION_SLOTS,
    /// [RowLayout], one a session, and one more that tells where the last one's parts end.
    ROWS,
    /// Eight bytes an event: the seqs of sessions whose seqs have gaps, ascending (unsigned) within a session.
    SEQS,
    /// Four bytes an event: where it lies in the segment, divided by eight; in the order of its session's seqs.
    POSITIONS,
    /// Of each session its id, [PackedTotals] and facts.
    DETAILS,
    /// Of each session its [PackedCells].
    CELLS,
    /// The [PackedPeriods] of all sessions.
    PERIODS,
    /// Four bytes a name, and four more: where it begins among the names.
    NAME_STARTS,
    /// Texts that occur often, one behind the other.
    NAMES,
    /// [HashSlots] from the sources of cursors to what follows.
    CURSOR_SLOTS,
    /// Of each cursor two lengths, of two bytes each, then its source and its state.
    CURSORS,
    /// Eight bytes an entry: an event's offset less the base, and its position divided by eight; ascending.
    OFFSETS,
    /// Four bytes a block. Blocks reach from the begin of the file to the begin of this.
    CHECKSUMS;

    static final List<IndexSection> ALL = List.of(values());
}
