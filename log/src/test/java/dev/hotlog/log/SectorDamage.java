// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.log.KnownLog.Frame;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.format.Forgery;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What disks do to sectors.
enum SectorDamage {
    /// One of many: the others are for [EveryBitTest].
    ONE_BIT_OFF {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            byte[] bytes = sector.bytes(log);
            bytes[bytes.length / 2] ^= OTHER_BIT;
            return alone(log, sector, bytes);
        }
    },
    ZEROED {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            return alone(log, sector, new byte[sector.length()]);
        }
    },
    /// As flash is when it was erased.
    ALL_ONES {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            byte[] ones = new byte[sector.length()];
            Arrays.fill(ones, (byte) 0xFF);
            return alone(log, sector, ones);
        }
    },
    /// The last write to a segment's sector was lost.
    STALE {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            return sector.isOfSegment() ? alone(log, sector, earlier(log, sector)) : List.of();
        }
    },
    /// A segment's sector shows what the file that this one replaced, of an earlier epoch, had there: other events of
    /// the same offsets, whose checksums were right in that file.
    OF_A_REPLACED_FILE {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            return sector.isOfSegment() ? alone(log, sector, replaced(log, sector)) : List.of();
        }
    },
    SWAPPED {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            List<Done> all = new ArrayList<>();
            for (Sector other : others(log, sector)) {
                addTo(all, log, Map.of(sector, other.bytes(log), other, sector.bytes(log)));
            }
            return all;
        }
    },
    /// The last write to it went elsewhere.
    MISDIRECTED {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            List<Done> all = new ArrayList<>();
            for (Sector other : others(log, sector)) {
                addTo(all, log, Map.of(sector, earlier(log, sector), other, sector.bytes(log)));
            }
            return all;
        }
    },
    /// Its bytes were written elsewhere too.
    DUPLICATED {
        @Override
        List<Done> of(KnownLog log, Sector sector) {
            List<Done> all = new ArrayList<>();
            for (Sector other : others(log, sector)) {
                addTo(all, log, Map.of(other, sector.bytes(log)));
            }
            return all;
        }
    };

    private static final int SECTOR_BYTES = 512;
    private static final int OTHER_BIT = 0x10;
    /// A payload ends a frame, but for the padding.
    private static final int BEHIND_PAYLOAD = 2 * Long.BYTES;

    /// Some bytes that a disk reads and writes as one; at a file's end perhaps fewer.
    record Sector(String file, int from, int to) {
        int length() {
            return to - from;
        }

        byte[] bytes(KnownLog log) {
            return Arrays.copyOfRange(log.image().bytes(file), from, to);
        }

        boolean isOfSegment() {
            return SegmentName.base(file).isPresent();
        }
    }

    /// @param log with the damage
    /// @param changed where its bytes are others now
    record Done(KnownLog log, List<Place> changed) {}

    /// Every case in which that sector is damaged so; those that change no byte are left out.
    abstract List<Done> of(KnownLog log, Sector sector);

    static List<Sector> sectors(KnownLog log) {
        List<Sector> sectors = new ArrayList<>();
        log.image().files().forEach((file, bytes) -> {
            for (int from = 0; from < bytes.length; from += SECTOR_BYTES) {
                sectors.add(new Sector(file, from, Math.min(from + SECTOR_BYTES, bytes.length)));
            }
        });
        return sectors;
    }

    /// The next one, the one at the same place of the next file, and one far away.
    private static List<Sector> others(KnownLog log, Sector sector) {
        List<Sector> all = sectors(log);
        int i = all.indexOf(sector);
        List<Sector> others = new ArrayList<>();
        others.add(all.get((i + 1) % all.size()));
        others.add(all.get((i + all.size() / 2) % all.size()));
        all.subList(i, all.size()).stream()
                .filter(other -> !other.file.equals(sector.file)
                        && other.from == sector.from
                        && other.isOfSegment() == sector.isOfSegment())
                .findFirst()
                .ifPresent(others::add);
        return others.stream()
                .filter(other -> !provesTheOther(log, sector, other) && !provesTheOther(log, other, sector))
                .toList();
    }

    /// Whether nothing but the one may prove that the other was ever on disk, so that losing both looks like a torn end
    /// (docs/reliability.md, Promises).
    private static boolean provesTheOther(KnownLog log, Sector one, Sector other) {
        return one.file.equals(Published.NAME)
                && other.file.equals(log.frames().getLast().file());
    }

    private static List<Done> alone(KnownLog log, Sector sector, byte[] now) {
        List<Done> one = new ArrayList<>();
        addTo(one, log, Map.of(sector, now));
        return one;
    }

    private static void addTo(List<Done> all, KnownLog log, Map<Sector, byte[]> now) {
        SortedMap<String, byte[]> files = new TreeMap<>(log.image().files());
        List<Place> changed = new ArrayList<>();
        now.forEach((sector, bytes) -> {
            byte[] file = files.get(sector.file).clone();
            int length = Math.min(bytes.length, sector.length());
            int first = Arrays.mismatch(file, sector.from, sector.from + length, bytes, 0, length);
            if (first >= 0) {
                int last = length - 1;
                while (file[sector.from + last] == bytes[last]) {
                    last--;
                }
                System.arraycopy(bytes, 0, file, sector.from, length);
                files.put(sector.file, file);
                changed.add(new Place(sector.file, sector.from + first, sector.from + last + 1L));
            }
        });
        if (!changed.isEmpty()) {
            all.add(new Done(log.with(new DiskImage(files)), List.copyOf(changed)));
        }
    }

    /// The sector before its last frame came; of a file that is written at once, before that.
    private static byte[] earlier(KnownLog log, Sector sector) {
        byte[] bytes = sector.bytes(log);
        long last = log.frames().stream()
                .filter(new Place(sector.file, sector.from, sector.to)::touches)
                .mapToLong(Frame::from)
                .max()
                .orElse(sector.from);
        Arrays.fill(bytes, (int) Math.max(0, last - sector.from), bytes.length, (byte) 0);
        return bytes;
    }

    private static byte[] replaced(KnownLog log, Sector sector) {
        byte[] file = log.image().bytes(sector.file).clone();
        for (Frame frame : log.frames()) {
            if (frame.file().equals(sector.file) && frame.type() == FrameType.EVENT) {
                file[(int) frame.to() - BEHIND_PAYLOAD] ^= OTHER_BIT;
            }
        }
        MemorySegment memory = MemorySegment.ofArray(file);
        if (SegmentHeader.read(memory.asSlice(0, SegmentHeader.FIRST_FRAME))
                instanceof SegmentHeader.Verdict.Sound(SegmentHeader header, int _)) {
            SegmentHeader former =
                    new SegmentHeader(header.logId(), header.base(), header.epoch() - 1, header.createdMillis(), 0, 0);
            Forgery.makeRight(memory, former.place());
        }
        return Arrays.copyOfRange(file, sector.from, sector.to);
    }
}
