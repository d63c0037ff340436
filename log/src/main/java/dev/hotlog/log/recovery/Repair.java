// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.segment.UnsealedEnd;
import dev.hotlog.log.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a damaged log sound again without losing anything that can be read. The writer's lock is held.
///
/// Each damaged segment is written anew under its name, with all frames that can be read under their offsets and a
/// mark in place of those that cannot. Segments that are missing are made, with nothing but that mark. Indexes that are
/// missing or damaged are built. Whatever is replaced, indexes included, keeps a second name in the folder `damaged`,
/// beside a report. A torn end is cut off as any writer would.
///
/// What the disk refused to read is read once more, after the new file was forced to the same disk and before it is
/// counted on: if any of it can be read now, repair stops and nothing is lost.
///
/// One segment after the other, oldest first; the rename decides for each. A repair that is cut short leaves a log
/// that is damaged less, and the next goes on. Readers that are at work keep the files that they have open, of
/// which only the names change.
public final class Repair {
    private final Storage storage;
    private final long segmentBytes;
    private final InstantSource clock;
    private final DamagedFiles damagedFiles;
    private final List<Path> tornFiles = new ArrayList<>();
    private long epoch;
    private int segmentsRewritten;
    private int indexesRebuilt;
    private long lostEvents;
    private long tornBytes;

    // The chain: the segment before the one in hand, as it is now.
    private long previousEpoch;
    private long previousEnd;

    /// @param segmentBytes how long segments grow
    public Repair(Storage storage, long segmentBytes, InstantSource clock) {
        this.storage = storage;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
        this.damagedFiles = new DamagedFiles(storage, clock);
    }

    /// @throws LogException.Missing when there is no log
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public RepairReport run() throws LogException {
        Verification verification = new Verification(storage, _ -> {});
        Verification.Found found = verification.alone();
        for (String name : storage.list()) {
            if (SegmentName.isInTheMaking(name)) {
                storage.delete(name);
            }
        }
        for (String name : found.catalog().foreign()) {
            damagedFiles.move(name);
        }
        epoch = found.catalog().nextEpoch();
        UUID logId = found.catalog().logId().orElseGet(UUID::randomUUID);
        NavigableMap<Long, Optional<SegmentCheck>> files = files(found);
        for (Map.Entry<Long, Optional<SegmentCheck>> file : files.entrySet()) {
            Long behind = files.higherKey(file.getKey());
            Piece piece = new Piece(logId, file.getKey(), file.getValue().orElse(null), behind, found, verification);
            mend(piece);
        }
        return new RepairReport(
                found.damage(),
                found.losses(),
                movedAside(),
                tornBytes,
                segmentsRewritten,
                indexesRebuilt,
                found.checks().stream().mapToLong(SegmentCheck::events).sum(),
                lostEvents);
    }

    private List<Path> movedAside() {
        List<Path> all = new ArrayList<>(damagedFiles.kept());
        all.addAll(tornFiles);
        return all;
    }

    private static NavigableMap<Long, Optional<SegmentCheck>> files(Verification.Found found) {
        NavigableMap<Long, Optional<SegmentCheck>> files = new TreeMap<>();
        found.catalog().unreadable().forEach(base -> files.put(base, Optional.empty()));
        found.catalog().missing().forEach(base -> files.put(base, Optional.empty()));
        found.checks().forEach(check -> files.put(check.segment().base(), Optional.of(check)));
        return files;
    }

    /// One file of the log, and where the next begins.
    ///
    /// @param check of what can be read of it; null when nothing can, or it is missing
    /// @param behind the base of the next file; null when this is the last
    private record Piece(
            UUID logId,
            long base,
            @Nullable SegmentCheck check,
            @Nullable Long behind,
            Verification.Found found,
            Verification verification) {
        boolean isLast() {
            return behind == null;
        }

        /// Whether it has the base of a segment that is missing behind it. Two files cannot have one base:
        /// without events it is made to stand for that one.
        boolean standsForMissing() {
            return check != null && found.catalog().missing().contains(base);
        }

        /// The offset behind its last event.
        long endOffset() {
            if (check != null && !standsForMissing()) {
                return check.stretch().toOffset();
            }
            return behind != null ? behind : found.catalog().endOfLost();
        }
    }

    private void mend(Piece piece) throws LogException {
        SegmentCheck check = piece.check;
        if (check == null || check.isDamaged() || piece.standsForMissing()) {
            rewrite(piece, piece.endOffset(), piece.isLast() ? FrameType.CLOSE : FrameType.SEAL);
        } else {
            keep(piece, check);
        }
    }

    private SegmentHeader header(UUID logId, long base) {
        return new SegmentHeader(logId, base, epoch++, clock.millis(), previousEpoch, previousEnd);
    }

    private void rewrite(Piece piece, long endOffset, FrameType mark) throws LogException {
        SegmentCheck check = piece.check;
        Rewrite made = new Rewrite(storage, header(piece.logId, piece.base));
        if (check == null) {
            made.loseAll(mark, endOffset);
        } else {
            SegmentWalk.Stretch all = check.stretch();
            made.copy(
                    piece.verification.again(check.segment()),
                    new SegmentWalk.Stretch(all.from(), all.fromOffset(), all.to(), endOffset),
                    mark);
        }
        replace(made, endOffset, mark, piece, Optional.ofNullable(check));
    }

    /// Gives the new file its name; what was there keeps a second.
    ///
    /// @param check of what the new file replaces; empty when nothing can be read of that
    private void replace(Rewrite made, long endOffset, FrameType mark, Piece piece, Optional<SegmentCheck> check)
            throws LogException {
        long base = made.header().base();
        long newEpoch = made.header().epoch();
        String name = SegmentName.segment(base);
        // The disk has just taken the new file, so what it refuses still it refuses for good.
        piece.verification.confirmRefusals(name);
        damagedFiles.keepSegment(
                base,
                newEpoch,
                damageOf(base, piece.found),
                made.lostEvents(),
                piece.found.lossesByBase().getOrDefault(base, List.of()));
        // The content is forced, and the old file has its second name: from here on the new one counts.
        storage.rename(made.making(), name);
        storage.forceDirectory();
        segmentsRewritten++;
        lostEvents += made.lostEvents();
        SegmentFile file = SegmentFile.open(storage, name);
        SegmentWalk.Stretch all = new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, base, made.end(), endOffset);
        boolean hadIndex = check.isPresent() && check.get().index().state() != IndexCheck.State.ABSENT;
        if (mark == FrameType.SEAL || hadIndex) {
            rebuildIndex(file, all);
        } else {
            storage.delete(SegmentName.index(base)); // If there was one, it has its second name.
        }
        if (mark == FrameType.CLOSE) {
            publish(file, made.end(), endOffset);
        }
        previousEpoch = newEpoch;
        previousEnd = made.end();
    }

    private static List<Damage> damageOf(long base, Verification.Found found) {
        Set<String> names = Set.of(SegmentName.segment(base), SegmentName.index(base));
        return found.damage().stream()
                .filter(damage -> names.contains(damage.file()) || damage.firstOffset() == base)
                .toList();
    }

    private void keepIndex(SegmentFile segment, Verification.Found found) throws LogException {
        String index = SegmentName.index(segment.base());
        List<Damage> damage = found.damage().stream()
                .filter(damaged -> damaged.file().equals(index))
                .toList();
        damagedFiles.keepIndex(segment.base(), segment.header().epoch(), damage);
    }

    private void rebuildIndex(SegmentFile file, SegmentWalk.Stretch stretch) throws LogException {
        List<Damage> met = new ArrayList<>();
        LiveIndex index = IndexFile.build(file, stretch, met::add);
        if (!met.isEmpty()) {
            Damage first = met.getFirst();
            throw new LogException.Storage(
                    "cannot index " + storage.directory().resolve(file.name()),
                    new IOException("position " + first.position() + " could be read, and cannot now; try again"));
        }
        IndexFile.write(storage, file, index);
        indexesRebuilt++;
    }

    private void publish(SegmentFile file, long end, long nextOffset) throws LogException {
        try (Published.File published = Published.File.open(storage)) {
            published.writeClosed(file.base(), file.header().epoch(), end, nextOffset);
        }
    }

    private void keep(Piece piece, SegmentCheck check) throws LogException {
        SegmentFile segment = check.segment();
        IndexCheck.State index = check.index().state();
        UnsealedEnd end = piece.found.end().filter(_ -> piece.isLast()).orElse(null);
        if (end != null && end.tornBytes() > 0) {
            cut(segment, end, index == IndexCheck.State.DAMAGED, piece.found);
        } else if (!piece.isLast() ? index != IndexCheck.State.WHOLE : index == IndexCheck.State.DAMAGED) {
            keepIndex(segment, piece.found);
            rebuildIndex(segment, check.stretch());
        }
        previousEpoch = segment.header().epoch();
        previousEnd = check.stretch().to();
    }

    /// Cuts the torn end off, as any writer does.
    private void cut(SegmentFile last, UnsealedEnd end, boolean indexIsDamaged, Verification.Found found)
            throws LogException {
        Takeover takeover = new Takeover(storage, segmentBytes, last, end, epoch, List.of());
        if (indexIsDamaged || !takeover.isWhole()) {
            keepIndex(last, found);
        }
        RecoveredLog log = takeover.run(List.of(), clock.millis());
        long nextOffset = log.report().nextOffset();
        try (ActiveSegment active = log.active()) {
            active.mark(FrameType.CLOSE, log.position(), nextOffset);
        }
        SegmentFile made = SegmentFile.open(storage, log.active().name());
        if (indexIsDamaged && takeover.isWhole()) {
            rebuildIndex(
                    made, new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, made.base(), log.position(), nextOffset));
        }
        publish(made, log.position(), nextOffset);
        tornBytes = end.tornBytes();
        tornFiles.add(storage.directory().resolve(log.report().keptIn()));
    }
}
