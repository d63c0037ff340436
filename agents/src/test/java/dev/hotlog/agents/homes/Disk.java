// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The files of a home as agents write them, write by write: it can be had as it was at any moment.
final class Disk {
    private sealed interface Write {
        record Appended(String path, String text) implements Write {}

        record Rewritten(String path, String text) implements Write {}

        record Moved(String path, String to) implements Write {}
    }

    private final List<Write> writes;

    Disk() {
        this(new ArrayList<>());
    }

    private Disk(List<Write> writes) {
        this.writes = writes;
    }

    /// Another disk that holds the same, and goes its own way from here.
    Disk copy() {
        return new Disk(new ArrayList<>(writes));
    }

    void append(String path, String text) {
        writes.add(new Write.Appended(path, text));
    }

    void line(String path, String line) {
        append(path, line + "\n");
    }

    void rewrite(String path, String text) {
        writes.add(new Write.Rewritten(path, text));
    }

    void move(String path, String to) {
        writes.add(new Write.Moved(path, to));
    }

    /// How many writes there were.
    int moments() {
        return writes.size();
    }

    /// What a file holds now; nothing when it is not there.
    String text(String path) {
        return new String(files(moments()).getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }

    List<String> lines(String path) {
        return text(path).lines().toList();
    }

    /// The files after so many writes.
    Map<String, byte[]> files(int moment) {
        Map<String, byte[]> files = new TreeMap<>();
        writes.subList(0, moment).forEach(write -> apply(write, files, 1));
        return files;
    }

    /// The files after so many writes, and in the middle of the next.
    Map<String, byte[]> torn(int moment, Random random) {
        Map<String, byte[]> files = files(moment);
        if (moment < moments()) {
            apply(writes.get(moment), files, random.nextDouble());
        }
        return files;
    }

    private static void apply(Write write, Map<String, byte[]> files, double share) {
        switch (write) {
            case Write.Appended(String path, String text) -> {
                byte[] before = files.getOrDefault(path, new byte[0]);
                byte[] more = begin(text, share);
                byte[] after = Arrays.copyOf(before, before.length + more.length);
                System.arraycopy(more, 0, after, before.length, more.length);
                files.put(path, after);
            }
            case Write.Rewritten(String path, String text) -> files.put(path, begin(text, share));
            case Write.Moved(String path, String to) -> files.put(to, files.remove(path));
        }
    }

    private static byte[] begin(String text, double share) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(all, (int) (all.length * share));
    }
}
