// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.SessionSummary;
import java.util.List;

/// Writes what a sealed index keeps of each session: a row, and what the row points to. For one thread.
final class SessionWriter {
    private final LiveIndex index;
    private final NameWriter names;
    private final SectionWriter rows = new SectionWriter();
    private final SectionWriter details = new SectionWriter();
    private final SectionWriter cells = new SectionWriter();
    private final SeqWriter seqs;

    SessionWriter(LiveIndex index, NameWriter names) {
        this.index = index;
        this.names = names;
        this.seqs = new SeqWriter(index.eventTable());
    }

    SectionWriter rows() {
        return rows;
    }

    SectionWriter details() {
        return details;
    }

    SectionWriter cells() {
        return cells;
    }

    SeqWriter seqs() {
        return seqs;
    }

    /// Writes all sessions, in the order of their ordinals.
    void write() {
        List<LiveSession> sessions = index.liveSessions();
        for (LiveSession session : sessions) {
            write(session);
        }
        long[] none = new long[0];
        row(none, seqs.positionCount(), RowLayout.NO_GAP, 0, 0, 0, 0, 0);
    }

    private void write(LiveSession session) {
        byte[] id = index.sessionIds().text(session.ordinal());
        SessionSummary summary = session.summary(index.cells());
        int positionsStart = seqs.positionCount();
        long[] ascending = seqs.write(session);
        int seqsStart = seqs.writeGaps(ascending);
        row(
                ascending,
                positionsStart,
                seqsStart,
                summary.firstTsMillis(),
                summary.lastTsMillis(),
                relative(summary.firstOffset()),
                relative(summary.lastOffset()),
                id.length);
        details.bytes(id);
        PackedTotals.write(details, summary.totals());
        details.varint(session.factsByName().size());
        session.factsByName().forEach((name, value) -> {
            names.write(details, name);
            names.write(details, value);
        });
        PackedCells.write(cells, session, index.cells());
    }

    private int relative(long offset) {
        return offset < 0 ? 0 : (int) (offset - index.base());
    }

    private void row(
            long[] ascending,
            int positionsStart,
            int seqsStart,
            long firstTsMillis,
            long lastTsMillis,
            int firstOffset,
            int lastOffset,
            int idLength) {
        rows.u64(ascending.length == 0 ? 0 : ascending[0]);
        rows.u64(ascending.length == 0 ? 0 : ascending[ascending.length - 1]);
        rows.u64(firstTsMillis);
        rows.u64(lastTsMillis);
        rows.u32(firstOffset);
        rows.u32(lastOffset);
        rows.u32(ascending.length);
        rows.u32(positionsStart);
        rows.u32(seqsStart);
        rows.u32(sectionPosition(details));
        rows.u32(sectionPosition(cells));
        rows.u32(idLength);
    }

    private static int sectionPosition(SectionWriter section) {
        assert section.lengthBytes() >>> Integer.SIZE == 0;
        return (int) section.lengthBytes();
    }
}
