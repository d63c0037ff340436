// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.segment.UnsealedEnd;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a damaged log sound again without losing anything that can be read. The writer's lock is held.
///
/// Each damaged segment is written anew under its name, with all frames that can be read under their offsets and a
/// mark in place of those that cannot; the damaged file keeps a second name in the folder `damaged`. Segments that
/// are missing are made, with nothing but that mark. Indexes that are missing or damaged are built. A torn end is
/// cut off as any writer would.
///
/// One segment after the other, oldest first; the rename decides for each. A repair that is cut short leaves a log
/// that is damaged less, and the next goes on. Readers that are at work keep the files that they have open, of
/// which only the names change.
public final class Repair {
    private final Storage storage;
    private final long segmentBytes;
    private final InstantSource clock;
    private final List<Path> movedAside = new ArrayList<>();
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
    }

    /// @throws LogException.Missing when there is no log
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public RepairReport run() throws LogException {
        Verification.Found found = new Verification(storage, _ -> {}).alone();
        for (String name : storage.list()) {
            if (SegmentName.isInTheMaking(name)) {
                storage.delete(name);
            }
        }
        for (String name : found.catalog().foreign()) {
            movedAside(storage.moveAside(name, SegmentName.DAMAGED_FOLDER, SegmentName.foreign(name)));
        }
        epoch = found.catalog().nextEpoch();
        UUID logId = found.catalog().logId().orElseGet(UUID::randomUUID);
        NavigableMap<Long, Optional<SegmentCheck>> files = files(found);
        for (Map.Entry<Long, Optional<SegmentCheck>> file : files.entrySet()) {
            Long behind = files.higherKey(file.getKey());
            Piece piece = new Piece(logId, file.getKey(), file.getValue().orElse(null), behind, found);
            mend(piece);
        }
        return new RepairReport(
                found.damage(),
                found.losses(),
                movedAside,
                tornBytes,
                segmentsRewritten,
                indexesRebuilt,
                found.checks().stream().mapToLong(SegmentCheck::events).sum(),
                lostEvents);
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
            Verification.Found found) {
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
                    check.segment(), new SegmentWalk.Stretch(all.from(), all.fromOffset(), all.to(), endOffset), mark);
        }
        replace(made, endOffset, mark, Optional.ofNullable(check), piece.found);
    }

    /// Gives the new file its name; the old one keeps a second.
    private void replace(
            Rewrite made, long endOffset, FrameType mark, Optional<SegmentCheck> check, Verification.Found found)
            throws LogException {
        long base = made.header().base();
        long newEpoch = made.header().epoch();
        String name = SegmentName.segment(base);
        if (storage.list().contains(name)) {
            movedAside(storage.keepAside(name, SegmentName.DAMAGED_FOLDER, SegmentName.replaced(base, newEpoch)));
        }
        writeReport(made, found);
        // The content is forced, and the old file has its second name: from here on the new one counts.
        storage.rename(made.making(), name);
        storage.forceDirectory();
        segmentsRewritten++;
        lostEvents += made.lostEvents();
        SegmentFile file = SegmentFile.open(storage, name);
        SegmentWalk.Stretch all = new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, base, made.end(), endOffset);
        if (check.isEmpty() && storage.list().contains(SegmentName.index(base))) {
            // All that is left of what the segment held.
            String index = SegmentName.index(base);
            movedAside(storage.moveAside(index, SegmentName.DAMAGED_FOLDER, SegmentName.replacedIndex(base, newEpoch)));
        }
        boolean hadIndex = check.isPresent() && check.get().index().state() != IndexCheck.State.ABSENT;
        if (mark == FrameType.SEAL || hadIndex) {
            rebuildIndex(file, all);
        }
        if (mark == FrameType.CLOSE) {
            publish(file, made.end(), endOffset);
        }
        previousEpoch = newEpoch;
        previousEnd = made.end();
    }

    private void movedAside(String name) {
        movedAside.add(storage.directory().resolve(SegmentName.DAMAGED_FOLDER, name));
    }

    private void writeReport(Rewrite made, Verification.Found found) throws LogException {
        long base = made.header().base();
        String name = SegmentName.segment(base);
        StringBuilder text = new StringBuilder("Hotlog repaired " + name + " on " + clock.instant() + ".\n");
        for (Damage damage : found.damage()) {
            if (damage.file().equals(name) || damage.firstOffset() == base) {
                text.append(damage).append('\n');
            }
        }
        text.append("Events lost: ")
                .append(made.lostEvents())
                .append(". The file as it was, if it was there, lies beside this.\n");
        String report = SegmentName.repairReport(base, made.header().epoch());
        String making = SegmentName.inTheMaking(report);
        try (StoredFile file = storage.create(making)) {
            file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
        storage.moveAside(making, SegmentName.DAMAGED_FOLDER, report);
    }

    private void rebuildIndex(SegmentFile file, SegmentWalk.Stretch stretch) throws LogException {
        IndexFile.write(storage, file, IndexFile.build(file, stretch, _ -> {}));
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
            cut(segment, end, index == IndexCheck.State.DAMAGED);
        } else if (!piece.isLast() ? index != IndexCheck.State.WHOLE : index == IndexCheck.State.DAMAGED) {
            rebuildIndex(segment, check.stretch());
        }
        previousEpoch = segment.header().epoch();
        previousEnd = check.stretch().to();
    }

    /// Cuts the torn end off, as any writer does.
    private void cut(SegmentFile last, UnsealedEnd end, boolean indexIsDamaged) throws LogException {
        RecoveredLog log =
                new Takeover(storage, segmentBytes, last, end, epoch, List.of()).run(List.of(), clock.millis());
        long nextOffset = log.report().nextOffset();
        log.active().mark(FrameType.CLOSE, log.position(), nextOffset);
        log.active().close();
        SegmentFile made = SegmentFile.open(storage, log.active().name());
        if (indexIsDamaged && made.base() == last.base()) {
            rebuildIndex(
                    made, new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, made.base(), log.position(), nextOffset));
        }
        publish(made, log.position(), nextOffset);
        tornBytes = end.tornBytes();
        movedAside.add(storage.directory().resolve(log.report().keptIn()));
    }
}
