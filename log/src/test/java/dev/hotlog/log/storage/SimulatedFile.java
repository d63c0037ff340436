// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One file's bytes, twice: live, as every process sees them, and durable, as the disk is known to have them.
///
/// Between the two lie the writes since the last force. A power cut leaves each sector that they touch as it was
/// before them, as any one of them left it, or with a torn beginning of one; and the file as long as it was, as
/// long as it is, or anything between. Space that the file has grown into shows zeros until a write of it is there, or
/// what another file left in it. A force that fails leaves such a mixture at once, and no later force mends
/// the sectors that it was about: the process goes on seeing what it wrote, the disk never will.
final class SimulatedFile {
    private final int sectorBytes;
    /// The bytes as they are now, last, and before it the shorter arrays that former maps show: writes go to
    /// all. Empty until somebody maps the file or writes to it: a million disks hold files that nobody looks at.
    private final List<byte[]> live = new ArrayList<>();

    private int size;
    /// Never changed, but replaced: images share it.
    private byte[] durable;
    private final List<Operation.Write> pending = new ArrayList<>();
    /// The same by sector, once somebody asked.
    private @Nullable NavigableMap<Integer, Pending> pendingBySector;
    /// Sectors that a failed force was about.
    private final BitSet given = new BitSet();
    /// What the space that it grows into held before; null when that is zeros.
    private final @Nullable Recycled space;

    /// What has been written to a sector since the last force.
    ///
    /// @param changes whether any of it leaves the sector otherwise than it is on disk
    private record Pending(List<Operation.Write> writes, boolean changes) {}

    SimulatedFile(int sectorBytes, byte[] bytes) {
        this(sectorBytes, bytes, null);
    }

    SimulatedFile(int sectorBytes, byte[] bytes, @Nullable Recycled space) {
        this.sectorBytes = sectorBytes;
        this.space = space;
        this.durable = bytes;
        this.size = bytes.length;
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return isDurable() ? durable : Arrays.copyOf(live(), size);
    }

    /// Whether the disk has what processes see.
    private boolean isDurable() {
        return pending.isEmpty() && given.isEmpty();
    }

    private byte[] live() {
        if (live.isEmpty()) {
            live.add(durable.clone());
        }
        return live.getLast();
    }

    /// The whole file as long as it is now; shows later writes, as a map does. Not read-only, as a real map is: a
    /// checksum over a read-only buffer on the heap would copy it first.
    MemorySegment map() {
        return MemorySegment.ofArray(live()).asSlice(0, size);
    }

    void write(Operation.Write write) {
        int position = Math.toIntExact(write.position());
        int end = position + write.bytes().remaining();
        size = Math.max(size, end);
        if (size > live().length) {
            live.add(Arrays.copyOf(live(), Math.max(size, 2 * live().length)));
        }
        for (byte[] shown : live) {
            ByteBuffer bytes = write.bytes();
            int fitting = Math.min(bytes.remaining(), shown.length - position);
            if (fitting > 0) {
                bytes.get(shown, position, fitting);
            }
        }
        pending.add(write);
        pendingBySector = null;
    }

    /// All that was written is on disk, but for sectors that were given up.
    void force() {
        byte[] old = durable;
        durable = bytes();
        for (int sector = given.nextSetBit(0); sector >= 0; sector = given.nextSetBit(sector + 1)) {
            restore(sector, old);
        }
        settle();
    }

    private void settle() {
        pending.clear();
        pendingBySector = null;
    }

    private void restore(int sector, byte[] old) {
        int from = sector * sectorBytes;
        int to = Math.min(from + sectorBytes, durable.length);
        if (from < to) {
            Arrays.fill(durable, from, to, (byte) 0);
            int known = Math.min(to, old.length) - from;
            if (known > 0) {
                System.arraycopy(old, from, durable, from, known);
            }
        }
    }

    /// Some of what was written is on disk; which part of it no later force changes.
    void failForce(Random random) {
        durable = crashed(random::nextInt);
        given.or(touched());
        settle();
    }

    private BitSet touched() {
        BitSet sectors = new BitSet();
        for (Operation.Write write : pending) {
            sectors.set(first(write), behind(write));
        }
        return sectors;
    }

    private int first(Operation.Write write) {
        return (int) (write.position() / sectorBytes);
    }

    private int behind(Operation.Write write) {
        return (int) ((write.position() + write.bytes().remaining() + sectorBytes - 1) / sectorBytes);
    }

    /// The bytes as a power cut may leave them.
    byte[] crashed(Chooser chooser) {
        if (isDurable()) {
            return durable;
        }
        int length = chooseLength(chooser);
        byte[] disk = Arrays.copyOf(durable, length);
        pendingBySector().forEach((sector, sectorPending) -> {
            if (!given.get(sector) && sector * sectorBytes < length) {
                crash(disk, sector * sectorBytes, sectorPending, chooser);
            }
        });
        return disk;
    }

    private int chooseLength(Chooser chooser) {
        int grown = (size - durable.length + sectorBytes - 1) / sectorBytes;
        int kept = grown <= 0 ? 0 : chooser.choose(grown + 1);
        return kept == grown ? size : durable.length + kept * sectorBytes;
    }

    private NavigableMap<Integer, Pending> pendingBySector() {
        NavigableMap<Integer, Pending> sectors = pendingBySector;
        if (sectors == null) {
            NavigableMap<Integer, List<Operation.Write>> writes = new TreeMap<>();
            for (Operation.Write write : pending) {
                for (int sector = first(write); sector < behind(write); sector++) {
                    writes.computeIfAbsent(sector, _ -> new ArrayList<>()).add(write);
                }
            }
            sectors = new TreeMap<>();
            for (Map.Entry<Integer, List<Operation.Write>> sector : writes.entrySet()) {
                sectors.put(sector.getKey(), new Pending(sector.getValue(), changes(sector)));
            }
            pendingBySector = sectors;
        }
        return sectors;
    }

    private boolean changes(Map.Entry<Integer, List<Operation.Write>> sector) {
        int from = sector.getKey() * sectorBytes;
        for (Operation.Write write : sector.getValue()) {
            ByteBuffer bytes = write.bytes();
            int behind = Math.min(from + sectorBytes, write.end());
            for (int at = start(write, from); at < behind; at++) {
                byte before = at < durable.length ? durable[at] : 0;
                if (bytes.get(bytes.position() + at - (int) write.position()) != before) {
                    return true;
                }
            }
        }
        return false;
    }

    private void crash(byte[] disk, int from, Pending sector, Chooser chooser) {
        List<Operation.Write> writes = sector.writes;
        int last = sector.changes ? chooser.choose(writes.size() + 1) : 0;
        if (last == 0 && from >= durable.length && space != null && chooser.stale()) {
            space.fill(disk, from, Math.min(from + sectorBytes, disk.length));
        }
        for (int i = 0; i < last; i++) {
            Operation.Write write = writes.get(i);
            int start = start(write, from);
            int end = Math.min(Math.min(from + sectorBytes, disk.length), write.end());
            boolean mayBeTorn = i == last - 1 && end - start > 1;
            copy(write, start, mayBeTorn ? start + chooser.tear(end - start) : end, disk);
        }
    }

    private static int start(Operation.Write write, int sectorFrom) {
        return Math.max(sectorFrom, (int) write.position());
    }

    private static void copy(Operation.Write write, int from, int to, byte[] disk) {
        if (from < to) {
            ByteBuffer bytes = write.bytes();
            bytes.get(bytes.position() + from - (int) write.position(), disk, from, to - from);
        }
    }
}
