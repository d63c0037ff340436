// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

/// A block of a sealed index is not as it was written, or says what cannot be. The index is derived: whoever
/// catches this drops the file, builds it anew from the segment, and asks again. No answer was given from the bad
/// block.
public final class DamagedIndex extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long position;

    DamagedIndex(long position, int found, int expected) {
        super(String.format(
                "a block of the index has checksum %08x, not %08x (position=%d)", found, expected, position));
        this.position = position;
    }

    /// Its bytes have the right checksums, and contradict each other all the same.
    DamagedIndex(String problem) {
        super(problem);
        this.position = 0;
    }

    /// @param found what reading such bytes led to
    DamagedIndex(RuntimeException found) {
        super("the index contradicts itself: " + found.getMessage(), found);
        this.position = 0;
    }

    /// Where in the index file the block begins; 0 when it is not known which is to blame.
    public long position() {
        return position;
    }
}
