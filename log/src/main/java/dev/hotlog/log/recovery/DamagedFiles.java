// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What repair puts into the folder `damaged`: everything that it replaces, with a report for each segment or index.
final class DamagedFiles {
    private final Storage storage;
    private final InstantSource clock;
    private final List<Path> kept = new ArrayList<>();

    DamagedFiles(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /// Moves a file that is none of the log's.
    void move(String name) throws LogException {
        kept(storage.moveAside(name, SegmentName.DAMAGED_FOLDER, SegmentName.foreign(name)));
    }

    /// Gives what is there of a segment and its index a second name, since it is to be replaced, and says in a report
    /// why. All that is durable when this returns.
    ///
    /// @param epoch of the file that replaces it
    /// @param damage found in the segment and its index
    /// @param losses of sessions, as far as they are known
    void keepSegment(long base, long epoch, List<Damage> damage, long lostEvents, List<SessionLoss> losses)
            throws LogException {
        report(SegmentName.segment(base), SegmentName.repairReport(base, epoch), damage, lostEvents, losses);
        keep(SegmentName.segment(base), SegmentName.replaced(base, epoch));
        keep(SegmentName.index(base), SegmentName.replacedIndex(base, epoch));
    }

    /// As [#keepSegment], for an index alone, if there is one.
    ///
    /// @param epoch of its segment
    void keepIndex(long base, long epoch, List<Damage> damage) throws LogException {
        String index = SegmentName.index(base);
        if (storage.has(index)) {
            report(index, SegmentName.repairReport(base, epoch), damage, 0, List.of());
            keep(index, SegmentName.replacedIndex(base, epoch));
        }
    }

    private void keep(String name, String newName) throws LogException {
        if (storage.has(name)) {
            kept(storage.keepAside(name, SegmentName.DAMAGED_FOLDER, newName));
        }
    }

    private void kept(String name) {
        kept.add(storage.directory().resolve(SegmentName.DAMAGED_FOLDER, name));
    }

    private void report(String of, String name, List<Damage> damage, long lostEvents, List<SessionLoss> losses)
            throws LogException {
        String making = SegmentName.inTheMaking(name);
        try (StoredFile file = storage.create(making)) {
            String text = text(of, damage, lostEvents, losses);
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
        storage.moveAside(making, SegmentName.DAMAGED_FOLDER, name);
    }

    private String text(String of, List<Damage> damage, long lostEvents, List<SessionLoss> losses) {
        StringBuilder text = new StringBuilder("Hotlog repaired " + of + " on " + clock.instant() + ".\n");
        damage.forEach(found -> text.append(found).append('\n'));
        text.append("Events lost: ")
                .append(lostEvents)
                .append(". The file as it was, if it was there, lies beside this.\n");
        losses.stream()
                .sorted(Comparator.comparing(SessionLoss::sessionId))
                .forEach(loss -> text.append("Of session ")
                        .append(loss.sessionId())
                        .append(": ")
                        .append(loss.events())
                        .append(".\n"));
        long known = losses.stream().mapToLong(SessionLoss::events).sum();
        if (known < lostEvents) {
            text.append("Of sessions that no sound index tells: ")
                    .append(lostEvents - known)
                    .append(".\n");
        }
        return text.toString();
    }

    /// Where everything lies now.
    List<Path> kept() {
        return kept;
    }
}
