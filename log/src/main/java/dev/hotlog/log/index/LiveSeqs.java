// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

/// The seqs of a session in the unsealed end, up to when it was asked for them. For one thread, as its index is.
record LiveSeqs(EventTable events, int session, long first, long last) implements SessionSeqs {
    @Override
    public long position(long seq) {
        int event = events.find(session, seq);
        return event == EventTable.ABSENT ? SegmentIndex.NO_POSITION : events.position(event);
    }
}
