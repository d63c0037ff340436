// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

/// What a sealed index keeps of a session at fixed places. (docs/format.md, Index: Rows)
///
/// ```
/// place  size  field
///     0     8  lowest seq, unsigned
///     8     8  highest seq
///    16     8  earliest time in ms
///    24     8  latest
///    32     4  lowest offset, less the segment's base
///    36     4  highest
///    40     4  events
///    44     4  where its positions begin, in entries
///    48     4  where its seqs begin, in entries; all ones when its seqs have no gap and are not stored
///    52     4  where its details begin, in bytes
///    56     4  where its cells begin, in bytes
///    60     4  length of its id
/// ```
final class RowLayout {
    static final int BYTES = 64;
    static final int FIRST_SEQ = 0;
    static final int LAST_SEQ = 8;
    static final int FIRST_TS = 16;
    static final int LAST_TS = 24;
    static final int FIRST_OFFSET = 32;
    static final int LAST_OFFSET = 36;
    static final int EVENTS = 40;
    static final int POSITIONS = 44;
    static final int SEQS = 48;
    static final int DETAILS = 52;
    static final int CELLS = 56;
    static final int ID_LENGTH = 60;

    /// In place of the begin of the seqs: the seqs are consecutive.
    static final int NO_GAP = -1;

    private RowLayout() {}
}
