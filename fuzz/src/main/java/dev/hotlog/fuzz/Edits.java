// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Does to files what disks, people and other programs do to them, as an input chooses. The input is a list of changes
/// to sound files: a few bytes say what would take kilobytes as a file, and survive in a corpus for good.
public final class Edits {
    /// Numbers at which programs trip.
    private static final long[] ODD = {
        0,
        1,
        -1,
        7,
        8,
        16,
        64,
        255,
        256,
        1024,
        4096,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x3FF_FFFF,
        0x7FFF_FFFF,
        0x8000_0000L,
        0xFFFF_FFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1023,
        0x0404_0404_0404_0404L
    };
    /// Changes go a little behind the last byte that is used.
    private static final int BEHIND_BYTES = 64;

    private static final int MOST_EDITS = 12;

    private final Choices choices;

    public Edits(Choices choices) {
        this.choices = choices;
    }

    /// Changes a file, or leaves it as it is.
    public byte[] of(byte[] file) {
        SortedMap<String, byte[]> one = new TreeMap<>();
        one.put("", file);
        byte[] changed = of(one).get("");
        return changed == null ? new byte[0] : changed;
    }

    /// Changes some of the files of a folder. The arrays given are left as they are.
    public SortedMap<String, byte[]> of(SortedMap<String, byte[]> files) {
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        List<String> names = new ArrayList<>(files.keySet());
        for (int i = 0; i < MOST_EDITS && choices.hasMore(); i++) {
            String name = names.get(choices.below(names.size()));
            byte[] bytes = changed.getOrDefault(name, new byte[0]);
            int what = choices.below(16);
            switch (what) {
                case 12 -> changed.remove(name);
                case 13 -> changed.put(names.get(choices.below(names.size())), bytes);
                default -> changed.put(name, changed(what, bytes, changed, names));
            }
        }
        return changed;
    }

    private byte[] changed(int what, byte[] file, SortedMap<String, byte[]> files, List<String> names) {
        return switch (what) {
            case 0, 1 -> flip(file.clone());
            case 2, 3 -> number(file.clone());
            case 4 -> fill(file.clone());
            case 5 -> copy(file.clone(), file);
            case 6 -> copy(file.clone(), files.getOrDefault(names.get(choices.below(names.size())), file));
            case 7 -> Arrays.copyOf(file, place(file));
            case 8 -> Arrays.copyOf(file, file.length + choices.below(1 << Short.SIZE) % 9000);
            case 9 -> insert(file);
            case 10 -> delete(file);
            default -> set(file.clone());
        };
    }

    private int place(byte[] file) {
        int used = file.length;
        while (used > 0 && file[used - 1] == 0) {
            used--;
        }
        return choices.below(Math.clamp(used + BEHIND_BYTES, 1, 1 << Short.SIZE)) % (file.length + 1);
    }

    private byte[] flip(byte[] file) {
        int at = place(file);
        if (at < file.length) {
            file[at] ^= (byte) (1 << choices.below(Byte.SIZE));
        }
        return file;
    }

    private byte[] set(byte[] file) {
        int at = place(file);
        for (int left = 1 + choices.below(Long.BYTES); left > 0 && at < file.length; left--) {
            file[at++] = (byte) choices.next();
        }
        return file;
    }

    /// Puts an odd number where numbers lie: at a multiple of four.
    private byte[] number(byte[] file) {
        int at = place(file) & -Integer.BYTES;
        long value = ODD[choices.below(ODD.length)] + choices.below(3) - 1;
        ByteBuffer number =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        int width = new int[] {Short.BYTES, Integer.BYTES, Long.BYTES}[choices.below(3)];
        number.get(file, at, Math.min(width, file.length - at));
        return file;
    }

    private byte[] fill(byte[] file) {
        int from = place(file);
        int to = Math.min(file.length, from + 1 + choices.below(1 << Short.SIZE) % 2000);
        Arrays.fill(file, from, to, (byte) choices.next());
        return file;
    }

    private byte[] copy(byte[] file, byte[] from) {
        int source = place(from) & -Long.BYTES;
        int target = place(file) & -Long.BYTES;
        int length = Long.BYTES * (1 + choices.below(1 << Byte.SIZE));
        System.arraycopy(
                from, source, file, target, Math.min(length, Math.min(from.length - source, file.length - target)));
        return file;
    }

    private byte[] insert(byte[] file) {
        int at = place(file);
        byte[] more = new byte[1 + choices.below(32)];
        for (int i = 0; i < more.length; i++) {
            more[i] = (byte) choices.next();
        }
        return ByteBuffer.allocate(file.length + more.length)
                .put(file, 0, at)
                .put(more)
                .put(file, at, file.length - at)
                .array();
    }

    private byte[] delete(byte[] file) {
        int from = place(file);
        int to = Math.min(file.length, from + 1 + choices.below(1 << Byte.SIZE));
        return ByteBuffer.allocate(file.length - (to - from))
                .put(file, 0, from)
                .put(file, to, file.length - to)
                .array();
    }
}
