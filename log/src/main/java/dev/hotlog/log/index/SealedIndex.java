// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// The index of a sealed segment, over the mapped bytes of its file. Opening reads the header alone. Safe for
/// any number of threads, without a lock. (docs/format.md, Index)
///
/// A block is verified before it is first used, and a scan's blocks before its first answer: every question may be
/// answered by [DamagedIndex], and then by nothing else.
public final class SealedIndex implements SegmentIndex {
    private static final int OFFSET_ENTRY_BYTES = 8;
    private static final int CURSOR_LENGTHS_BYTES = 4;

    private final CheckedBlocks blocks;
    private final IndexHeader header;
    private final SealedSessions sessions;

    private SealedIndex(MemorySegment file, IndexHeader header) {
        this.header = header;
        this.blocks = new CheckedBlocks(file, header.start(IndexSection.CHECKSUMS), header.crc());
        this.sessions = new SealedSessions(blocks, header);
    }

    /// What an index file is good for.
    public sealed interface Verdict {
        record Usable(SealedIndex index) implements Verdict {}

        /// To be built anew from the segment: not as it was written.
        record Unusable(String problem) implements Verdict {}

        /// To be built anew from the segment: of another one, or an older one of that name, or another version.
        record OfAnother(String problem) implements Verdict {}
    }

    /// Judges an index file by its header and length; its blocks are verified when they are used.
    ///
    /// @param file the whole file, which must stay as it is for as long as the index is used
    /// @param expected the header of the segment that the index should be of
    public static Verdict open(MemorySegment file, SegmentHeader expected) {
        IndexHeader.Verdict verdict = IndexHeader.judge(file, expected);
        if (verdict instanceof IndexHeader.Verdict.Fit(IndexHeader header)) {
            return new Verdict.Usable(new SealedIndex(file, header));
        }
        return verdict instanceof IndexHeader.Verdict.OfAnother(String problem)
                ? new Verdict.OfAnother(problem)
                : new Verdict.Unusable(((IndexHeader.Verdict.Unfit) verdict).problem());
    }

    /// The header of the segment that an index file is of, as far as the index knows it: what it does not is 0. Empty
    /// when the file cannot be read.
    public static Optional<SegmentHeader> segmentOf(MemorySegment file) {
        return IndexHeader.segmentOf(file);
    }

    /// Verifies all blocks that have not been.
    ///
    /// @throws DamagedIndex at the first that is not as it was written
    public void verify() {
        blocks.ensure(0, header.start(IndexSection.CHECKSUMS));
    }

    @Override
    public long coveredPosition() {
        return header.coveredPosition();
    }

    @Override
    public long events() {
        return header.events();
    }

    @Override
    public int sessionCount() {
        return header.sessions();
    }

    @Override
    public long oldestMillis() {
        return header.oldestMillis();
    }

    @Override
    public long newestMillis() {
        return header.newestMillis();
    }

    private long find(String sessionId) {
        return sessions.find(new SessionKey(sessionId));
    }

    @Override
    public long position(SessionKey session, long seq) {
        try {
            long row = sessions.find(session);
            return row == SealedSessions.ABSENT ? NO_POSITION : seqsOf(row).position(seq);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public long position(SessionKey session, SessionSeqs known, long seq) {
        if (!(known instanceof SealedSeqs seqs && seqs.isOf(blocks))) {
            return position(session, seq);
        }
        try {
            return seqs.position(seq);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public int[] sessionHashes() {
        try {
            return sessions.hashes();
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public Optional<SessionSeqs> seqs(SessionKey session) {
        try {
            long row = sessions.find(session);
            return row == SealedSessions.ABSENT || sessions.events(row) == 0
                    ? Optional.empty()
                    : Optional.of(seqsOf(row));
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    private SealedSeqs seqsOf(long row) {
        return new SealedSeqs(blocks, header, row);
    }

    @Override
    public long[] positions(String sessionId) {
        try {
            long row = find(sessionId);
            return row == SealedSessions.ABSENT ? new long[0] : seqsOf(row).positions();
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public long positionBefore(long offset) {
        long start = header.start(IndexSection.OFFSETS);
        long low = 0;
        long high = (header.end(IndexSection.OFFSETS) - start) / OFFSET_ENTRY_BYTES;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long entry = header.base() + Integer.toUnsignedLong(blocks.u32(start + middle * OFFSET_ENTRY_BYTES));
            if (entry <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0
                ? SegmentHeader.FIRST_FRAME
                : Integer.toUnsignedLong(blocks.u32(start + low * OFFSET_ENTRY_BYTES - Integer.BYTES))
                        * Bytes.ALIGNMENT;
    }

    @Override
    public Optional<SessionSummary> session(String sessionId) {
        try {
            long row = find(sessionId);
            return row == SealedSessions.ABSENT ? Optional.empty() : Optional.of(sessions.summary(row));
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public void sessions(Consumer<SessionSummary> each) {
        try {
            sessions.summaries(each);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public void lastTimes(ObjLongConsumer<String> each) {
        try {
            sessions.lastTimes(each);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public Optional<SessionFacts> facts(String sessionId) {
        return session(sessionId)
                .map(SessionSummary::facts)
                .filter(facts -> !facts.facts().isEmpty());
    }

    @Override
    public Optional<String> cursor(String source) {
        try {
            byte[] utf8 = source.getBytes(StandardCharsets.UTF_8);
            long cursors = header.start(IndexSection.CURSORS);
            HashSlots slots = new HashSlots(blocks, header, IndexSection.CURSOR_SLOTS);
            long found = slots.find(
                    Utf8.hash(utf8),
                    candidate -> blocks.u16(cursors + candidate) == utf8.length
                            && blocks.holds(cursors + candidate + CURSOR_LENGTHS_BYTES, utf8));
            if (found == HashSlots.ABSENT) {
                return Optional.empty();
            }
            int stateLength = blocks.u16(cursors + found + Short.BYTES);
            long state = cursors + found + CURSOR_LENGTHS_BYTES + utf8.length;
            blocks.ensure(state, state + stateLength);
            return Optional.of(new String(Bytes.copy(blocks.file(), state, stateLength), StandardCharsets.UTF_8));
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public void rollups(Consumer<Rollup> each) {
        try {
            sessions.rollups(each);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public void rollups(String sessionId, Consumer<Rollup> each) {
        try {
            long row = find(sessionId);
            if (row != SealedSessions.ABSENT) {
                sessions.rollups(row, sessionId, each);
            }
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public void periods(Boundaries boundaries, Consumer<PeriodTotals> each) {
        try {
            sessions.periods(boundaries, each);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }

    @Override
    public void activity(Boundaries boundaries, Consumer<Activity> each) {
        try {
            sessions.activity(boundaries, each);
        } catch (IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            throw new DamagedIndex(e);
        }
    }
}
