// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;

/// The pages of a mapped file, which the disk may refuse to give, or someone may have cut off.
///
/// Java tells of a touch of such a page with an [InternalError], and ends the process when it was the computing of a
/// checksum that touched it. So each page is touched here before.
public final class Pages {
    /// The least that a disk gives or refuses; where pages are longer they are touched more often.
    private static final int BYTES = 1 << 12;

    /// Keeps touches from being left out.
    @SuppressWarnings("unused")
    private static byte touched;

    private Pages() {}

    /// Whether these bytes can be read; always, when they are not mapped.
    public static boolean areReadable(MemorySegment memory, long from, long to) {
        if (!memory.isMapped()) {
            return true;
        }
        try {
            byte all = 0;
            for (long at = from; at < to; at = endOf(at)) {
                all ^= memory.get(Bytes.U8, at);
            }
            touched = all;
            hearOfFaults();
            return true;
        } catch (InternalError _) {
            return false;
        }
    }

    /// Compiled code goes on behind a fault, with what happens to be in a register, and hears of it when it next calls
    /// into the virtual machine. This is the cheapest call: to be made before what was read is believed.
    ///
    /// @throws InternalError when a page was refused
    public static void hearOfFaults() {
        Thread.holdsLock(Pages.class);
    }

    /// Where the page begins that holds this position.
    static long startOf(long position) {
        return position & -BYTES;
    }

    /// Where the page ends that holds this position.
    static long endOf(long position) {
        return startOf(position) + BYTES;
    }
}
