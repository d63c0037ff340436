// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.storage.Storage;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives events their offsets: checks their keys, lays them into the open group, and waits as far as was asked.
/// Thread-safe.
public final class Appender implements AutoCloseable {
    /// A segment ends with a mark, and it is closed with one.
    private static final int MARKS_BYTES = 2 * FrameCursor.MARK_BYTES;

    /// Readers map a segment as one buffer.
    private static final long MAX_FILE_BYTES = Integer.MAX_VALUE;

    private final Committer committer;
    private final Keys keys;
    private final ReentrantLock lock;
    private final long segmentBytes;
    private final EventFrame candidate = new EventFrame();

    private Appender(Committer committer, Keys keys, long segmentBytes) {
        this.committer = committer;
        this.keys = keys;
        this.lock = committer.lock();
        this.segmentBytes = segmentBytes;
    }

    /// Starts to work on a log that recovery has made fit.
    public static Appender start(
            Storage storage, RecoveredLog log, GroupRule rule, long segmentBytes, InstantSource clock)
            throws LogException {
        ReentrantLock lock = new ReentrantLock();
        Keys keys = new Keys(storage, log.sealed(), log.index());
        try {
            Committer committer = new Committer(
                    lock,
                    rule,
                    Published.File.open(storage),
                    new SegmentTurn(storage, keys, lock, segmentBytes, clock),
                    log.active(),
                    log.position(),
                    log.report().nextOffset());
            committer.start();
            return new Appender(committer, keys, segmentBytes);
        } catch (LogException | OutOfMemoryError e) {
            // An error of that name is what a system tells that has no thread to give.
            log.active().closeAfter(e);
            throw e;
        }
    }

    /// Appends one event.
    ///
    /// @return its offset, or that of the same event when it was there
    public long append(Event event, Durability durability) throws LogException {
        lock.lock();
        try {
            while (true) {
                Group group = committer.open(durability);
                FrameWriter frames = group.frames();
                int start = frames.lengthBytes();
                long offset = committer.nextOffset();
                long earlier = layOrNothing(event, offset, frames);
                if (isOverfull(frames, start)) {
                    frames.rewindTo(start);
                    committer.rollSegment();
                    continue;
                }
                if (earlier >= 0) {
                    frames.rewindTo(start);
                    awaitLast(durability);
                    return earlier;
                }
                index(group, start);
                committer.awaitAs(durability, committer.added(group, 1, offset + 1));
                return offset;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lays an event down and looks for its key. Whatever is thrown, what was laid is taken back.
    ///
    /// @return the offset of the same event when the log has it; -1 when the key is free
    private long layOrNothing(Event event, long offset, FrameWriter frames) throws LogException {
        int start = frames.lengthBytes();
        boolean whole = false;
        try {
            frames.event(event, offset, false);
            long earlier = earlier(frames, start, event);
            whole = true;
            return earlier;
        } finally {
            if (!whole) {
                frames.rewindTo(start);
            }
        }
    }

    /// The offset of the same event when the log has it; -1 when the key is free. Leaves the view on the candidate.
    ///
    /// @throws LogException.KeyTaken when another event has the key
    private long earlier(FrameWriter frames, int start, Event event) throws LogException {
        frames.readEvent(start, candidate);
        EventFrame found = keys.find(candidate, event, committer);
        if (found != null && found.body().mismatch(candidate.body()) >= 0) {
            throw new LogException.KeyTaken(event.sessionId(), event.seq(), found.offset());
        }
        return found == null ? -1 : found.offset();
    }

    /// Takes the event laid from `start` on into the index.
    private void index(Group group, int start) {
        FrameWriter frames = group.frames();
        boolean whole = false;
        try {
            keys.live().addEvent(candidate, frames.position(start), frames.position());
            whole = true;
        } finally {
            if (!whole) {
                stop(group, start);
            }
        }
    }

    /// Stops the log because its index may be half changed, for want of memory; takes back what was laid.
    private void stop(Group group, int start) {
        group.frames().rewindTo(start);
        committer.stop(new LogException.Stopped("what was appended could not be indexed", null));
    }

    /// A batch may be longer than a segment: then it has one of its own. A segment without events is not ended, since
    /// the next one would have its base.
    ///
    /// @throws IllegalArgumentException when a segment of its own has no room for it either
    private boolean isOverfull(FrameWriter frames, int start) {
        long end = frames.position() + MARKS_BYTES;
        if (end > segmentBytes && committer.hasEventsInSegment()) {
            return true;
        }
        if (end > MAX_FILE_BYTES) {
            frames.rewindTo(start);
            throw new IllegalArgumentException("a segment of " + end + " bytes; the most is " + MAX_FILE_BYTES);
        }
        return false;
    }

    private void awaitLast(Durability durability) throws LogException {
        committer.awaitAs(durability, committer.lastNumber());
    }

    /// Appends a batch: all of it, or nothing.
    ///
    /// @param offsets to be filled with the events' offsets
    /// @param duplicates to be filled with those that were there
    public void append(Batch batch, Durability durability, long[] offsets, BitSet duplicates) throws LogException {
        lock.lock();
        try {
            while (true) {
                Group group = committer.open(durability);
                int start = group.frames().lengthBytes();
                LaidBatch laid = layOrNothing(batch, group.frames(), offsets, duplicates);
                if (laid.frames == 0) {
                    awaitLast(durability);
                    return;
                }
                if (isOverfull(group.frames(), start)) {
                    group.frames().rewindTo(start);
                    committer.rollSegment();
                    duplicates.clear();
                    continue;
                }
                index(batch, group, start, duplicates);
                long next = committer.nextOffset() + laid.events;
                committer.awaitAs(durability, committer.added(group, laid.events, next));
                return;
            }
        } finally {
            lock.unlock();
        }
    }

    private record LaidBatch(int frames, int events) {}

    /// As [#lay]; whatever is thrown, what was laid is taken back.
    private LaidBatch layOrNothing(Batch batch, FrameWriter frames, long[] offsets, BitSet duplicates)
            throws LogException {
        int start = frames.lengthBytes();
        boolean whole = false;
        try {
            LaidBatch laid = lay(batch, frames, offsets, duplicates);
            whole = true;
            return laid;
        } finally {
            if (!whole) {
                frames.rewindTo(start);
            }
        }
    }

    /// Lays down what is new of a batch; nothing is known of it yet outside.
    private LaidBatch lay(Batch batch, FrameWriter frames, long[] offsets, BitSet duplicates) throws LogException {
        Map<Key, Integer> own = new HashMap<>();
        long next = committer.nextOffset();
        int laid = 0;
        int last = -1;
        int events = 0;
        for (int i = 0; i < batch.events().size(); i++) {
            Event event = batch.events().get(i);
            int start = frames.lengthBytes();
            frames.event(event, next, true);
            @Nullable Integer twin = own.putIfAbsent(new Key(event.sessionId(), event.seq()), i);
            long earlier = twin == null ? earlier(frames, start, event) : twin(batch, twin, event, offsets);
            if (earlier >= 0) {
                frames.rewindTo(start);
                offsets[i] = earlier;
                duplicates.set(i);
            } else {
                offsets[i] = next++;
                last = start;
                laid++;
                events++;
            }
        }
        for (SessionFacts facts : batch.facts()) {
            last = frames.lengthBytes();
            frames.facts(facts, next, true);
            laid++;
        }
        for (Cursor cursor : batch.cursors()) {
            last = frames.lengthBytes();
            frames.cursor(cursor, next, true);
            laid++;
        }
        if (laid > 0) {
            frames.endBatch(last);
        }
        return new LaidBatch(laid, events);
    }

    private record Key(String sessionId, long seq) {}

    private static long twin(Batch batch, int twin, Event event, long[] offsets) throws LogException {
        if (!batch.events().get(twin).equals(event)) {
            throw new LogException.KeyTaken(event.sessionId(), event.seq(), offsets[twin]);
        }
        return offsets[twin];
    }

    private void index(Batch batch, Group group, int start, BitSet duplicates) {
        boolean whole = false;
        try {
            index(batch, group.frames(), start, duplicates);
            whole = true;
        } finally {
            if (!whole) {
                stop(group, start);
            }
        }
    }

    private void index(Batch batch, FrameWriter frames, int start, BitSet duplicates) {
        int at = start;
        for (int i = 0; i < batch.events().size(); i++) {
            if (!duplicates.get(i)) {
                frames.readEvent(at, candidate);
                keys.live().addEvent(candidate, frames.position(at), frames.position(frames.next(at)));
                at = frames.next(at);
            }
        }
        for (SessionFacts facts : batch.facts()) {
            at = frames.next(at);
            keys.live().addFacts(facts, frames.position(at));
        }
        for (Cursor cursor : batch.cursors()) {
            at = frames.next(at);
            keys.live().addCursor(cursor, frames.position(at));
        }
    }

    /// Returns once everything appended before is on disk.
    public void flush() throws LogException {
        lock.lock();
        try {
            awaitLast(Durability.FORCED);
        } finally {
            lock.unlock();
        }
    }

    public void awaitDurable(long offset) throws LogException {
        lock.lock();
        try {
            committer.awaitOffset(offset);
        } finally {
            lock.unlock();
        }
    }

    public OptionalLong offsetOf(String sessionId, long seq) throws LogException {
        lock.lock();
        try {
            EventFrame found = keys.find(sessionId, seq, committer);
            return found == null ? OptionalLong.empty() : OptionalLong.of(found.offset());
        } finally {
            lock.unlock();
        }
    }

    public Optional<String> cursor(String source) {
        lock.lock();
        try {
            return keys.cursor(source);
        } finally {
            lock.unlock();
        }
    }

    public Optional<SessionFacts> facts(String sessionId) {
        lock.lock();
        try {
            return keys.facts(sessionId);
        } finally {
            lock.unlock();
        }
    }

    /// What the committer counts, read under its lock.
    public <T> T ask(Function<Committer, T> question) {
        lock.lock();
        try {
            return question.apply(committer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws LogException {
        committer.close();
    }
}
