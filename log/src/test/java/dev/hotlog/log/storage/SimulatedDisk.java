// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A folder on a disk that can lose power: applies operations one by one, and tells at any moment what a power
/// cut would leave. Knows nothing of faults or threads.
///
/// Sectors are read and written whole or with a torn beginning; 512 bytes is what disks promise, 1 makes every
/// byte independent.
public final class SimulatedDisk {
    public static final int USUAL_SECTOR_BYTES = 512;
    private static final String IN_THE_MAKING = ".new";

    private final int sectorBytes;
    private final SimulatedNames names;
    private final List<SimulatedFile> files = new ArrayList<>();
    private boolean recycles;
    /// The file that was deleted last, or lost its name to another.
    private @Nullable SimulatedFile gone;

    public SimulatedDisk(DiskImage image, int sectorBytes) {
        this.sectorBytes = sectorBytes;
        SortedMap<String, SimulatedFile> named = new TreeMap<>();
        image.files().forEach((name, bytes) -> {
            SimulatedFile file = new SimulatedFile(sectorBytes, bytes);
            named.put(name, file);
            files.add(file);
        });
        names = new SimulatedNames(named);
    }

    /// Space that new files grow into holds, until it is written, what was there before: the bytes of the file that has
    /// the name that the new one is made for, or else of the one that was deleted last, or garbage.
    public SimulatedDisk recycling() {
        recycles = true;
        return this;
    }

    int sectorBytes() {
        return sectorBytes;
    }

    /// The number that the next file gets.
    int nextNumber() {
        return files.size();
    }

    SortedMap<String, SimulatedFile> names() {
        return names.live();
    }

    @Nullable
    SimulatedFile file(String name) {
        return names.file(name);
    }

    int numberOf(SimulatedFile file) {
        return files.indexOf(file);
    }

    SimulatedFile file(int number) {
        return files.get(number);
    }

    public void apply(Operation operation) {
        switch (operation) {
            case Operation.Create(int number, String name) -> {
                if (number != files.size()) {
                    throw new AssertionError("file " + number + " is made as number " + files.size());
                }
                SimulatedFile file = new SimulatedFile(sectorBytes, new byte[0], recycles ? space(number, name) : null);
                files.add(file);
                names.create(name, file);
            }
            case Operation.Write write -> files.get(write.number()).write(write);
            case Operation.Force(int number, String _) -> files.get(number).force();
            case Operation.FailedForce(int number, String _, long seed) ->
                files.get(number).failForce(new Random(seed));
            case Operation.Rename(String from, String to) -> {
                lose(to);
                names.rename(from, to);
            }
            case Operation.Link(String name, String second) -> names.link(name, second);
            case Operation.Delete(String name) -> {
                lose(name);
                names.delete(name);
            }
            case Operation.ForceDirectory() -> names.force();
            case Operation.FailedForceDirectory(long seed) -> names.failForce(new Random(seed)::nextInt);
            case Operation.Look _, Operation.Mark _ -> {}
        }
    }

    private void lose(String name) {
        SimulatedFile lost = names.file(name);
        gone = lost == null ? gone : lost;
    }

    private Recycled space(int number, String name) {
        SimulatedFile replaced = names.file(name.replace(IN_THE_MAKING, ""));
        SimulatedFile before = replaced == null ? gone : replaced;
        return new Recycled(before == null ? new byte[0] : before.bytes(), number);
    }

    /// What a power cut may leave now.
    public DiskImage crashed(Chooser chooser) {
        SortedMap<String, byte[]> left = new TreeMap<>();
        Map<SimulatedFile, byte[]> contents = new HashMap<>();
        names.crashed(chooser)
                .forEach((name, file) -> left.put(name, contents.computeIfAbsent(file, it -> it.crashed(chooser))));
        return new DiskImage(left);
    }

    /// What all processes see now.
    public DiskImage live() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        names.live().forEach((name, file) -> all.put(name, file.bytes()));
        return new DiskImage(all);
    }
}
