// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.DamagedIndex;
import dev.hotlog.log.index.IndexEncoder;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.ReadableStorage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks an index file against the frames of its segment: the same frames make the same file, byte for byte. Where
/// frames are damaged, the index may know more than can be read; then every event that can be read must be found by it.
final class IndexCheck {
    /// What an index file is good for.
    enum State {
        /// There is none, or it is of another segment, or covers other frames. It is derived: no damage.
        ABSENT,
        /// It covers a part of the segment.
        PARTIAL,
        /// It covers all of it.
        WHOLE,
        /// It is not as it was written, or contradicts the frames.
        DAMAGED
    }

    private final SegmentFile segment;
    private final String name;
    private final MemorySegment bytes;
    private final List<Damage> damage = new ArrayList<>();
    private final @Nullable SealedIndex index;
    private @Nullable LiveIndex live;
    private State state = State.ABSENT;

    /// Opens the index of that segment, if there is one.
    IndexCheck(ProbedStorage storage, SegmentFile segment) throws LogException {
        this.segment = segment;
        this.name = SegmentName.index(segment.base());
        this.bytes = storage.has(name) ? storage.map(name) : MemorySegment.NULL;
        this.index = bytes.byteSize() == 0 || isRefused(storage.refusals(name)) ? null : open();
        this.live = index == null ? null : new LiveIndex(segment.base());
    }

    private boolean isRefused(List<Refusal> refusals) {
        refusals.forEach(refused -> damaged("it cannot be read", refused.from(), refused.to() - refused.from()));
        return !refusals.isEmpty();
    }

    private @Nullable SealedIndex open() {
        return switch (SealedIndex.open(bytes, segment.header())) {
            case SealedIndex.Verdict.Usable(SealedIndex usable) -> usable;
            case SealedIndex.Verdict.OfAnother _ -> null;
            case SealedIndex.Verdict.Unusable(String problem) -> {
                damaged(problem, 0, bytes.byteSize());
                yield null;
            }
        };
    }

    private void damaged(String problem, long position, long lengthBytes) {
        state = State.DAMAGED;
        damage.add(new Damage("the index: " + problem, name, position, lengthBytes, -1, 0));
    }

    /// Takes in the next frame of the segment.
    ///
    /// @param event to read it with
    void add(FrameCursor frame, EventFrame event) {
        compareAt(frame.position());
        if (live != null) {
            IndexFile.add(live, frame, event);
        }
    }

    private void compareAt(long position) {
        if (index != null && live != null && index.coveredPosition() == position) {
            compare(live);
            live = null;
        }
    }

    private void compare(LiveIndex built) {
        long at = 0;
        for (ByteBuffer part : IndexEncoder.encode(built, segment.header())) {
            MemorySegment expected = MemorySegment.ofBuffer(part);
            // It is as long: the header, which comes first, tells the length of the whole file.
            long mismatch = bytes.asSlice(at, expected.byteSize()).mismatch(expected);
            if (mismatch >= 0) {
                damaged("it does not say what the segment says", at + mismatch, bytes.byteSize() - at - mismatch);
                return;
            }
            at += expected.byteSize();
        }
        state = State.PARTIAL;
    }

    /// Judges the index, once all frames were given.
    ///
    /// @param stretch of the segment that counts
    /// @param segmentIsWhole whether none of its frames was damaged
    void finish(SegmentWalk.Stretch stretch, boolean segmentIsWhole) {
        if (segmentIsWhole) {
            compareAt(stretch.to());
        } else if (index != null) {
            damage.clear();
            state = isFoundByIndex(index, stretch) ? State.PARTIAL : State.DAMAGED;
        }
        if (state == State.PARTIAL && index != null && index.coveredPosition() == stretch.to()) {
            state = State.WHOLE;
        }
        live = null;
    }

    private boolean isFoundByIndex(SealedIndex known, SegmentWalk.Stretch stretch) {
        try {
            known.verify();
            return findsAll(known, stretch);
        } catch (DamagedIndex e) {
            damaged(String.valueOf(e.getMessage()), e.position(), Math.max(0, bytes.byteSize() - e.position()));
            return false;
        }
    }

    private boolean findsAll(SealedIndex known, SegmentWalk.Stretch stretch) {
        SegmentWalk walk = new SegmentWalk(segment, stretch, _ -> {});
        EventFrame event = new EventFrame();
        while (walk.advance() && walk.frame().position() < known.coveredPosition()) {
            if (walk.isEvent()
                    && walk.frame().readEvent(event, segment.base())
                    && known.position(event.sessionId(), event.seq())
                            != walk.frame().position()) {
                damaged("it does not find the event at offset " + walk.offset(), 0, bytes.byteSize());
                return false;
            }
        }
        return true;
    }

    State state() {
        return state;
    }

    List<Damage> damage() {
        return damage;
    }

    /// How long the index file is; 0 when there is none.
    long sizeBytes() {
        return bytes.byteSize();
    }

    /// Which sessions have events in damaged places.
    List<SessionLoss> losses(List<Damage> places) {
        return index == null || state == State.DAMAGED || places.isEmpty() ? List.of() : losses(index, places);
    }

    private static List<SessionLoss> losses(SealedIndex known, List<Damage> places) {
        List<SessionLoss> losses = new ArrayList<>();
        try {
            for (String sessionId : sessionIds(known)) {
                long lost = Arrays.stream(known.positions(sessionId))
                        .filter(position -> places.stream().anyMatch(place -> isWithin(place, position)))
                        .count();
                if (lost > 0) {
                    losses.add(new SessionLoss(sessionId, lost));
                }
            }
            return losses;
        } catch (DamagedIndex _) {
            return List.of(); // What it has told so far is worth no more.
        }
    }

    private static boolean isWithin(Damage place, long position) {
        return position >= place.position() && position < place.position() + place.lengthBytes();
    }

    private static List<String> sessionIds(SealedIndex known) {
        List<String> ids = new ArrayList<>();
        known.sessions(session -> ids.add(session.sessionId()));
        return ids;
    }

    /// What the index of a segment of which nothing can be read tells of its sessions, if it is there.
    static List<SessionLoss> allOf(ReadableStorage storage, long base) throws LogException {
        String name = SegmentName.index(base);
        if (!storage.has(name)) {
            return List.of();
        }
        MemorySegment bytes = storage.map(name);
        Optional<SegmentHeader> segment = SealedIndex.segmentOf(bytes).filter(header -> header.base() == base);
        return segment.isPresent() ? allOf(bytes, segment.get()) : List.of();
    }

    private static List<SessionLoss> allOf(MemorySegment bytes, SegmentHeader segment) {
        if (!(SealedIndex.open(bytes, segment) instanceof SealedIndex.Verdict.Usable(SealedIndex known))) {
            return List.of();
        }
        List<SessionSummary> sessions = new ArrayList<>();
        try {
            known.verify();
            known.sessions(sessions::add);
        } catch (DamagedIndex _) {
            return List.of();
        }
        return sessions.stream()
                .filter(session -> session.totals().events() > 0)
                .map(session ->
                        new SessionLoss(session.sessionId(), session.totals().events()))
                .toList();
    }
}
