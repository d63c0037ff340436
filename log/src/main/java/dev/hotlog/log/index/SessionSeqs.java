// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

/// The seqs of a session that has events in a segment, as its index knows them.
public sealed interface SessionSeqs permits LiveSeqs, SealedSeqs {
    /// The lowest, unsigned.
    long first();

    /// The highest, unsigned.
    long last();

    /// Where the event of that seq lies, or [SegmentIndex#NO_POSITION].
    long position(long seq);
}
