// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameWriter;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays what is appended into the group that is being filled, looks for its keys, and takes it into the index. Guarded
/// by the [CommitQueue]'s lock.
///
/// What could not be laid whole is taken back: there is nothing of it in the group.
final class GroupFiller {
    private final CommitQueue queue;
    private final Keys keys;
    private final EventFrame candidate = new EventFrame();
    /// Made early: when there is no memory left, none is needed to say so.
    private final LogException unindexed = new LogException.Stopped("what was appended could not be indexed", null);

    GroupFiller(CommitQueue queue, Keys keys) {
        this.queue = queue;
        this.keys = keys;
    }

    /// Lays an event down and looks for its key. Whatever is thrown, what was laid is taken back.
    ///
    /// @return the offset of the same event when the log has it; -1 when the key is free
    long lay(Event event, long offset, FrameWriter frames) throws LogException {
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
        EventFrame found = keys.find(candidate, event, queue);
        if (found != null && found.body().mismatch(candidate.body()) >= 0) {
            throw new LogException.KeyTaken(event.sessionId(), event.seq(), found.offset());
        }
        return found == null ? -1 : found.offset();
    }

    /// Takes the event laid from `start` on into the index.
    void index(Group group, int start) {
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

    /// How much of a batch was new.
    record LaidBatch(int frames, int events) {}

    /// Lays a batch down, but for the events that the log has.
    ///
    /// @param offsets to be filled with the events' offsets
    /// @param duplicates to be filled with those that were there
    LaidBatch lay(Batch batch, FrameWriter frames, long[] offsets, BitSet duplicates) throws LogException {
        int start = frames.lengthBytes();
        boolean whole = false;
        try {
            LaidBatch laid = layWhole(batch, frames, offsets, duplicates);
            whole = true;
            return laid;
        } finally {
            if (!whole) {
                frames.rewindTo(start);
            }
        }
    }

    private LaidBatch layWhole(Batch batch, FrameWriter frames, long[] offsets, BitSet duplicates) throws LogException {
        Map<Key, Integer> own = new HashMap<>();
        long next = queue.nextOffset();
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

    /// Takes the batch laid from `start` on into the index.
    void index(Batch batch, Group group, int start, BitSet duplicates) {
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

    /// Stops the log because its index may be half changed, for want of memory; takes back what was laid.
    private void stop(Group group, int start) {
        group.frames().rewindTo(start);
        queue.stop(unindexed);
    }
}
