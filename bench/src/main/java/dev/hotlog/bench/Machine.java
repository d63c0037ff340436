// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// What was measured on, for the head of the table. What a system does not tell is left out.
///
/// @param load average of the last minute when the run began; negative when the system does not tell
record Machine(String processor, int cores, String memory, String system, String disk, String java, double load) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    /// An entry for each filesystem of that kind, and for each journal, by the name of its device.
    private static final Path EXT4 = Path.of("/proc/fs/ext4");
    private static final Path JOURNALS = Path.of("/proc/fs/jbd2");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    /// @param folder where the logs are written
    static Machine here(Path folder) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        FileStore disk = Files.getFileStore(folder);
        return new Machine(
                valueOf(PROCESSORS, "model name"),
                system.getAvailableProcessors(),
                valueOf(MEMORY, "MemTotal"),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                disk.type() + " on " + disk.name() + journal(disk),
                ManagementFactory.getRuntimeMXBean().getVmName() + " " + Runtime.version(),
                system.getSystemLoadAverage());
    }

    /// Whether each sync of a file that grows writes a journal too; empty where that is not known.
    private static String journal(FileStore disk) throws IOException {
        String device = Path.of(disk.name()).getFileName().toString();
        if (!Files.isDirectory(EXT4.resolve(device))) {
            return "";
        }
        if (!Files.isDirectory(JOURNALS)) {
            return ", without a journal";
        }
        try (Stream<Path> journals = Files.list(JOURNALS)) {
            boolean has = journals.anyMatch(
                    journal -> journal.getFileName().toString().startsWith(device + "-"));
            return has ? ", with a journal" : ", without a journal";
        }
    }

    private static String valueOf(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        }
    }

    String text() {
        return "machine  %s, %d cores, %s of memory%n".formatted(processor, cores, memory)
                + "system   %s; logs on %s%n".formatted(system, disk)
                + "java     %s%n".formatted(java)
                + String.format(Locale.ROOT, "load     %.2f when the run began%n", load);
    }
}
