// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes file systems in sparse files, and mounts them through loop devices, which go with the mount.
final class FileSystemInFile {
    private static final String PAGE_KIB = "4";

    private FileSystemInFile() {}

    /// @param kind ext4 or xfs
    static void make(String kind, Path file, long bytes) throws IOException, InterruptedException {
        String mkfs = Needs.tool("mkfs." + kind, kind.equals("xfs") ? "xfsprogs" : "e2fsprogs");
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(bytes);
        }
        List<String> command = new ArrayList<>(List.of(mkfs, "-q"));
        if (kind.equals("ext4")) {
            // Nothing that the kernel would do later, in a thread of its own.
            command.addAll(List.of("-E", "lazy_itable_init=0,lazy_journal_init=0"));
        }
        command.add(file.toString());
        Shell.run(command);
    }

    static Mount mount(Path file, Path folder) throws IOException, InterruptedException {
        String options = System.getProperty("kernel.mount", "");
        return Mount.on(folder, "-o", options.isEmpty() ? "loop" : "loop," + options, file.toString());
    }

    /// Has the loop device write page by page, until the next mount. It tells of a longer write that it is done
    /// when the file below took no more than its beginning, for want of room (seen on Linux 6.18): a device that
    /// lies is another test's.
    static void writePageByPage(Mount mount) throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
            String device = mounts.map(line -> line.split(" "))
                    .filter(words -> words[1].equals(mount.folder().toString()))
                    .map(words -> words[0])
                    .findFirst()
                    .orElseThrow();
            Files.writeString(
                    Path.of("/sys/block", Path.of(device).getFileName().toString(), "queue/max_sectors_kb"), PAGE_KIB);
        }
    }
}
