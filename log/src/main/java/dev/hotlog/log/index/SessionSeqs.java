// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

/// The seqs of a session that has events in a segment, when its index was asked for them.
public sealed interface SessionSeqs permits LiveSeqs, SealedSeqs {
    /// The lowest, unsigned.
    long first();

    /// The highest, unsigned.
    long last();
}
