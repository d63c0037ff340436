// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Totals;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// The sessions of a sealed index: a session's id leads to the position of its row in the file, the row to the rest.
/// Safe for any number of threads.
final class SealedSessions {
    /// What a search gives for a session that is not here.
    static final long ABSENT = -1;

    private static final List<IndexSection> SUMMARIES =
            List.of(IndexSection.ROWS, IndexSection.DETAILS, IndexSection.NAME_STARTS, IndexSection.NAMES);

    private static final List<IndexSection> PERIODS =
            List.of(IndexSection.PERIODS, IndexSection.NAME_STARTS, IndexSection.NAMES);

    private final CheckedBlocks blocks;
    private final IndexHeader header;
    private final HashSlots slots;
    private final NameReader names;
    private final long rows;
    private final long details;
    private final long cells;

    SealedSessions(CheckedBlocks blocks, IndexHeader header) {
        this.blocks = blocks;
        this.header = header;
        this.slots = new HashSlots(blocks, header, IndexSection.SESSION_SLOTS);
        this.names = new NameReader(blocks, header);
        this.rows = header.start(IndexSection.ROWS);
        this.details = header.start(IndexSection.DETAILS);
        this.cells = header.start(IndexSection.CELLS);
    }

    long find(SessionKey session) {
        byte[] id = session.utf8();
        long row = slots.find(session.hash(), candidate -> isRowOf(rows + candidate * RowLayout.BYTES, id));
        return row == HashSlots.ABSENT ? ABSENT : rows + row * RowLayout.BYTES;
    }

    int[] hashes() {
        return slots.upperHashes(header.sessions());
    }

    private boolean isRowOf(long row, byte[] id) {
        return blocks.u32(row + RowLayout.ID_LENGTH) == id.length && blocks.holds(detailsOf(row), id);
    }

    private long detailsOf(long row) {
        return detailsAt(blocks.u32(row + RowLayout.DETAILS));
    }

    private long cellsOf(long row) {
        return cellsAt(blocks.u32(row + RowLayout.CELLS));
    }

    private long detailsAt(int place) {
        return details + Integer.toUnsignedLong(place);
    }

    private long cellsAt(int place) {
        return cells + Integer.toUnsignedLong(place);
    }

    int events(long row) {
        return blocks.u32(row + RowLayout.EVENTS);
    }

    SessionSummary summary(long row) {
        VarintReader in = detailReader(row);
        String id = in.text(blocks.u32(row + RowLayout.ID_LENGTH));
        Totals totals = PackedTotals.read(in);
        return new SessionSummary(
                facts(id, in),
                offset(row + RowLayout.FIRST_OFFSET, totals),
                offset(row + RowLayout.LAST_OFFSET, totals),
                blocks.u64(row + RowLayout.LAST_SEQ),
                blocks.u64(row + RowLayout.FIRST_TS),
                blocks.u64(row + RowLayout.LAST_TS),
                totals);
    }

    private long offset(long position, Totals totals) {
        return totals.events() == 0 ? -1 : header.base() + Integer.toUnsignedLong(blocks.u32(position));
    }

    /// Stands at the session's id. All of its details have been verified, up to the next session's.
    private VarintReader detailReader(long row) {
        long from = detailsOf(row);
        blocks.ensure(from, detailsOf(row + RowLayout.BYTES));
        return new VarintReader(blocks).moveTo(from);
    }

    private SessionFacts facts(String id, VarintReader in) {
        long count = in.next();
        if (count < 0 || count > in.left()) {
            throw new DamagedIndex(count + " facts of session " + id);
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map.Entry<String, String>[] facts = new Map.Entry[(int) count];
        for (int i = 0; i < facts.length; i++) {
            String name = names.text(in);
            facts[i] = Map.entry(name, names.text(in));
        }
        return new SessionFacts(id, Map.ofEntries(facts));
    }

    void summaries(Consumer<SessionSummary> each) {
        ensureAll(SUMMARIES);
        for (long row = rows; row < end(); row += RowLayout.BYTES) {
            each.accept(summary(row));
        }
    }

    void lastTimes(ObjLongConsumer<String> each) {
        ensureAll(List.of(IndexSection.ROWS, IndexSection.DETAILS));
        VarintReader in = new VarintReader(blocks);
        for (RowScan row = new RowScan(blocks, header); row.advance(); ) {
            if (row.u32(RowLayout.EVENTS) > 0) {
                each.accept(id(in, row), row.u64(RowLayout.LAST_TS));
            }
        }
    }

    private String id(VarintReader in, RowScan row) {
        return in.moveTo(detailsAt(row.u32(RowLayout.DETAILS))).text(row.u32(RowLayout.ID_LENGTH));
    }

    void rollups(Consumer<Rollup> each) {
        ensureAll(SUMMARIES);
        ensureAll(List.of(IndexSection.CELLS));
        VarintReader in = new VarintReader(blocks);
        VarintReader itsCells = new VarintReader(blocks);
        for (RowScan row = new RowScan(blocks, header); row.advance(); ) {
            if (row.u32(RowLayout.EVENTS) > 0) {
                itsCells.moveTo(cellsAt(row.u32(RowLayout.CELLS)));
                PackedCells.read(itsCells, names, id(in, row), each);
            }
        }
    }

    /// Of the session of that row.
    void rollups(long row, String sessionId, Consumer<Rollup> each) {
        if (events(row) > 0) {
            long from = cellsOf(row);
            blocks.ensure(from, cellsOf(row + RowLayout.BYTES));
            PackedCells.read(new VarintReader(blocks).moveTo(from), names, sessionId, each);
        }
    }

    void periods(Boundaries boundaries, Consumer<PeriodTotals> each) {
        ensureAll(PERIODS);
        PackedPeriods.read(
                new VarintReader(blocks).moveTo(header.start(IndexSection.PERIODS)),
                header.end(IndexSection.PERIODS),
                names,
                boundaries,
                each);
    }

    void activity(Boundaries boundaries, Consumer<Activity> each) {
        ensureAll(List.of(IndexSection.ROWS, IndexSection.DETAILS));
        boolean allTimesKnown = hasNoUnknownTime();
        VarintReader in = new VarintReader(blocks);
        VarintReader itsCells = new VarintReader(blocks);
        for (RowScan row = new RowScan(blocks, header); row.advance(); ) {
            if (row.u32(RowLayout.EVENTS) > 0) {
                String id = id(in, row);
                long first = allTimesKnown
                        ? Rollup.quarterOf(row.u64(RowLayout.FIRST_TS))
                        : PackedCells.firstQuarter(cells(itsCells, row)) * Rollup.QUARTER_MILLIS;
                long last = Rollup.quarterOf(row.u64(RowLayout.LAST_TS));
                long boundary = boundaries.next(first);
                if (boundary > last) {
                    each.accept(new Activity(id, first));
                } else if (boundaries.next(boundary) > last) {
                    each.accept(new Activity(id, first));
                    each.accept(new Activity(id, last));
                } else {
                    PackedCells.quarters(
                            cells(itsCells, row),
                            quarter -> each.accept(new Activity(id, quarter * Rollup.QUARTER_MILLIS)));
                }
            }
        }
    }

    /// Whether no event is of the first quarter of an hour of 1970: a row does not tell such a time as its session's
    /// first.
    private boolean hasNoUnknownTime() {
        ensureAll(PERIODS);
        VarintReader in = new VarintReader(blocks).moveTo(header.start(IndexSection.PERIODS));
        return in.next() == 0 || in.nextSigned() != 0;
    }

    /// Moves to the session's cells, all of which have been verified then.
    private VarintReader cells(VarintReader in, RowScan row) {
        long from = cellsAt(row.u32(RowLayout.CELLS));
        blocks.ensure(from, cellsAt(row.u32(RowLayout.BYTES + RowLayout.CELLS)));
        return in.moveTo(from);
    }

    // Before the first answer: a scan gives all or nothing.
    private void ensureAll(List<IndexSection> sections) {
        for (IndexSection section : sections) {
            blocks.ensure(header.start(section), header.end(section));
        }
    }

    private long end() {
        return rows + header.sessions() * (long) RowLayout.BYTES;
    }
}
