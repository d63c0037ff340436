// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// A folder of files at rest: what a power cut left, or what a test put there. Its bytes are not to be changed.
public record DiskImage(SortedMap<String, byte[]> files) {
    public static final DiskImage EMPTY = new DiskImage(new TreeMap<>());

    public DiskImage {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public static DiskImage of(Map<String, byte[]> files) {
        return new DiskImage(new TreeMap<>(files));
    }

    /// The same, but for one file.
    public DiskImage with(String name, byte[] bytes) {
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, bytes);
        return new DiskImage(changed);
    }

    public DiskImage without(String name) {
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(name);
        return new DiskImage(changed);
    }

    public byte[] bytes(String name) {
        return files.get(name);
    }

    /// Tells images apart: the same number means, but for one case in 2^64, the same names and bytes.
    public long fingerprint() {
        CRC32 one = new CRC32();
        CRC32C other = new CRC32C();
        files.forEach((name, bytes) -> {
            byte[] head = (name + ":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8);
            one.update(head);
            one.update(bytes);
            other.update(head);
            other.update(bytes);
        });
        return one.getValue() << Integer.SIZE | other.getValue();
    }
}
