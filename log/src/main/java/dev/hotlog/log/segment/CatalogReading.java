// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.ReadableStorage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads what lies in the folder of a log, and judges each file by what the others tell. For one [Catalog].
final class CatalogReading {
    private final ReadableStorage storage;
    private final List<SegmentFile> segments = new ArrayList<>();
    private final Map<String, MemorySegment> headless = new TreeMap<>();
    /// Of the headless, those that do not look like ours, and what they are instead.
    private final Map<String, String> problems = new HashMap<>();
    private final TreeSet<Long> bases = new TreeSet<>();
    private final TreeSet<Long> unreadable = new TreeSet<>();
    private final TreeSet<Long> missing = new TreeSet<>();
    /// Of the missing, those of which the segment before tells.
    private final Map<Long, Damage> missingBehind = new HashMap<>();
    private final List<String> foreign = new ArrayList<>();
    private final List<Damage> damage = new ArrayList<>();
    private final List<String> names;
    private Traces traces;

    CatalogReading(ReadableStorage storage) throws LogException {
        this.storage = storage;
        this.names = storage.list();
        this.traces = Traces.read(storage, names);
    }

    boolean isTooEarly(Catalog read) throws LogException {
        List<String> unseen = read.missing().stream()
                .map(SegmentName::segment)
                .filter(name -> !names.contains(name))
                .toList();
        return !unseen.isEmpty() && storage.list().stream().anyMatch(unseen::contains);
    }

    Catalog read() throws LogException {
        for (String name : names) {
            OptionalLong base = SegmentName.base(name);
            if (base.isPresent()) {
                bases.add(base.getAsLong());
                SegmentFile.Verdict verdict = SegmentFile.judge(storage, name);
                if (verdict instanceof SegmentFile.Verdict.Sound(SegmentFile segment)) {
                    segments.add(segment);
                } else if (verdict instanceof SegmentFile.Verdict.Headless(MemorySegment bytes)) {
                    headless.put(name, bytes);
                } else if (verdict instanceof SegmentFile.Verdict.Foreign(MemorySegment bytes, String problem)) {
                    refuse(name, bytes, problem);
                }
            }
        }
        refuseOtherLogs();
        if (!segments.isEmpty()) {
            traces = traces.of(segments.getFirst().header().logId());
        }
        findHeadless();
        judgeUnreadable();
        findMissing();
        List<SegmentWalk.Stretch> sealed = new ArrayList<>();
        for (int i = 0; i < segments.size() && bases.higher(segments.get(i).base()) != null; i++) {
            sealed.add(stretch(i));
        }
        for (long base : missing) {
            damage.add(missingBehind.containsKey(base) ? missingBehind.get(base) : missing(base));
        }
        return new Catalog(segments, sealed, List.copyOf(unreadable), List.copyOf(missing), foreign, traces, damage);
    }

    private void refuse(String name, MemorySegment bytes, String problem) {
        headless.put(name, bytes);
        problems.put(name, problem);
    }

    /// The log is the one that most segments belong to.
    private void refuseOtherLogs() throws LogException {
        Map<UUID, List<SegmentFile>> logs = segments.stream()
                .collect(Collectors.groupingBy(segment -> segment.header().logId()));
        if (logs.size() <= 1) {
            return;
        }
        List<List<SegmentFile>> bySize = logs.values().stream()
                .sorted(Comparator.comparingInt((List<SegmentFile> ofOne) -> ofOne.size())
                        .reversed())
                .toList();
        String known = bySize.get(0).getFirst().name();
        if (bySize.get(0).size() == bySize.get(1).size()) {
            throw new LogException.UnsupportedFormat(storage.directory()
                            .resolve(bySize.get(1).getFirst().name()) + " belongs to another log than " + known);
        }
        for (SegmentFile other : List.copyOf(segments)) {
            if (!other.header().logId().equals(bySize.get(0).getFirst().header().logId())) {
                segments.remove(other);
                refuse(other.name(), other.bytes(), "belongs to another log than " + known);
            }
        }
    }

    /// Finds those of which frames can be read.
    private void findHeadless() throws LogException {
        LostHeader search = new LostHeader(storage, List.copyOf(segments));
        for (Map.Entry<String, MemorySegment> entry : new TreeMap<>(headless).entrySet()) {
            String name = entry.getKey();
            MemorySegment bytes = entry.getValue();
            SegmentFile found = search.find(name, bytes).orElse(null);
            if (found != null) {
                headless.remove(name);
                segments.add(found);
                long headBytes = Math.min(SegmentHeader.FIRST_FRAME, bytes.byteSize());
                damage.add(SegmentFile.headerDamage(name, headBytes, 0));
            }
        }
        segments.sort((one, other) -> Long.compare(one.base(), other.base()));
    }

    private void judgeUnreadable() throws LogException {
        for (String name : headless.keySet()) {
            long base = SegmentName.base(name).orElseThrow();
            if (problems.containsKey(name) && segments.isEmpty()) {
                throw new LogException.UnsupportedFormat(storage.directory().resolve(name) + " " + problems.get(name));
            }
            if (problems.containsKey(name) && !wasThere(base)) {
                bases.remove(base);
                foreign.add(name);
            }
        }
        for (Map.Entry<String, MemorySegment> entry : headless.entrySet()) {
            String name = entry.getKey();
            long base = SegmentName.base(name).orElseThrow();
            long lengthBytes = entry.getValue().byteSize();
            if (foreign.contains(name)) {
                damage.add(new Damage("the file " + problems.get(name), name, 0, lengthBytes, -1, 0));
            } else {
                unreadable.add(base);
                Long behind = bases.higher(base);
                long lost = behind == null ? Damage.UNKNOWN : behind - base;
                damage.add(
                        problems.containsKey(name)
                                ? new Damage("the file " + problems.get(name), name, 0, lengthBytes, base, lost)
                                : SegmentFile.headerDamage(name, lengthBytes, lost));
            }
        }
    }

    /// Finds those that other files tell of, and the first, with which each log begins.
    private void findMissing() {
        for (long base : traces.bases()) {
            if (!bases.contains(base) && wasThere(base)) {
                missing.add(base);
            }
        }
        if (!bases.isEmpty() || !missing.isEmpty()) {
            missing.add(0L);
        }
        missing.removeAll(bases);
        bases.addAll(missing);
    }

    private Damage missing(long base) {
        Long behind = bases.higher(base);
        boolean known = behind != null || traces.isExact(base);
        long end = behind == null ? traces.endOf(base) : behind;
        return new Damage(
                "the segment is missing" + (known ? "" : Catalog.atMost(end - base)),
                SegmentName.segment(base),
                0,
                0,
                base,
                known ? end - base : Damage.UNKNOWN);
    }

    /// Whether anything tells that the log had a segment of that base, which is not one of [#segments].
    private boolean wasThere(long base) {
        SegmentFile before = null;
        SegmentFile behind = null;
        for (SegmentFile segment : segments) {
            before = segment.base() < base ? segment : before;
            behind = segment.base() > base && behind == null ? segment : behind;
        }
        if (before == null) {
            return true; // There was something: each log begins with offset 0.
        }
        OptionalLong sealed = SealedEnd.markedOffset(before, SealedEnd.find(before, Long.MAX_VALUE));
        if (behind == null) {
            return sealed.isPresent()
                    ? base == sealed.getAsLong() || (base > sealed.getAsLong() && isSpokenOf(base))
                    : isSpokenOf(base) && base >= provenOffset(before);
        }
        boolean goesOn = sealed.isPresent()
                ? base < sealed.getAsLong() || behind.base() == sealed.getAsLong()
                : before.isIdentified()
                        && behind.header().previousEpoch() == before.header().epoch();
        return !goesOn;
    }

    private boolean isSpokenOf(long base) {
        return names.contains(SegmentName.index(base)) || traces.bases().contains(base);
    }

    /// Another segment goes on behind what this one proves to have been on disk, or behind more.
    private static long provenOffset(SegmentFile unsealed) {
        return UnsealedEnd.survey(
                        unsealed, SegmentHeader.FIRST_FRAME, unsealed.base(), UnsealedEnd.Known.NOTHING, (_, _) -> {})
                .durableOffset();
    }

    private SegmentWalk.Stretch stretch(int i) {
        SegmentFile segment = segments.get(i);
        long nextBase = bases.higher(segment.base());
        boolean takesOver = i + 1 < segments.size()
                && segments.get(i + 1).base() == nextBase
                && segments.get(i + 1).header().previousEpoch()
                        == segment.header().epoch()
                && segment.isIdentified();
        long end = takesOver ? segments.get(i + 1).header().previousEnd() : SealedEnd.find(segment, nextBase);
        long endOffset = SealedEnd.markedOffset(segment, end).orElse(nextBase);
        if (endOffset < nextBase) {
            missing.add(endOffset);
            // A writer that went on without the missing one left out as many offsets as it may have had.
            missingBehind.put(
                    endOffset, Catalog.missingBehind(segment, end, endOffset, nextBase - endOffset, !takesOver));
        } else if (missing.contains(nextBase)) {
            SealedEnd.markedOffset(segment, end)
                    .ifPresent(_ -> missingBehind.put(nextBase, behindSeal(segment, end, nextBase)));
        }
        return new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, segment.base(), end, Math.min(endOffset, nextBase));
    }

    private Damage behindSeal(SegmentFile sealed, long end, long base) {
        Long behind = bases.higher(base);
        return behind == null
                ? Catalog.missingBehind(sealed, end, base, traces)
                : Catalog.missingBehind(sealed, end, base, behind - base, true);
    }
}
