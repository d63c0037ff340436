// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The segments of a log as they lie in its folder, by offset. Immutable.
///
/// @param segments in order; the last is the active one
/// @param damage segments that are there but whose header cannot be read
public record Catalog(List<SegmentFile> segments, List<Damage> damage) {
    public Catalog {
        segments = List.copyOf(segments);
        damage = List.copyOf(damage);
    }

    /// Maps all segments. A folder without any gives an empty catalog.
    ///
    /// @throws LogException.UnsupportedFormat when one is not ours, of another log, or from a later version
    public static Catalog read(Storage storage) throws LogException {
        List<SegmentFile> segments = new ArrayList<>();
        List<Damage> damage = new ArrayList<>();
        for (String name : storage.list()) {
            if (SegmentName.base(name).isPresent()) {
                try {
                    segments.add(SegmentFile.open(storage, name));
                } catch (LogException.Damaged e) {
                    damage.add(e.damage());
                }
            }
        }
        for (SegmentFile segment : segments) {
            UUID logId = segments.getFirst().header().logId();
            if (!segment.header().logId().equals(logId)) {
                throw new LogException.UnsupportedFormat(storage.directory().resolve(segment.name())
                        + " belongs to another log than " + segments.getFirst().name());
            }
        }
        return new Catalog(segments, damage);
    }

    public boolean isEmpty() {
        return segments.isEmpty() && damage.isEmpty();
    }

    /// For the next file that is made.
    public long nextEpoch() {
        return segments.stream()
                        .mapToLong(segment -> segment.header().epoch())
                        .max()
                        .orElse(0)
                + 1;
    }

    /// Where the frames of a segment that is not the last end.
    ///
    /// @param i of the segment, from 0
    public long end(int i) {
        SegmentFile segment = segments.get(i);
        SegmentFile following = segments.get(i + 1);
        boolean takesOver =
                following.header().previousEpoch() == segment.header().epoch();
        return takesOver
                ? Math.min(following.header().previousEnd(), segment.sizeBytes())
                : SealedEnd.find(segment, following.base());
    }
}
