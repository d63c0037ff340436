// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What tests need of the machine. One that cannot run is skipped, and its report says what is missing.
final class Needs {
    /// CAP_SYS_ADMIN.
    private static final int MAY_MOUNT = 21;

    private Needs() {}

    static void linux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "runs on Linux only");
    }

    static void root(String what) throws IOException {
        linux();
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root to " + what);
    }

    /// Root who may mount: in most containers root may not.
    static void mounts(String what) throws IOException {
        root(what);
        String mine = Files.readString(Path.of("/proc/self/status"));
        long capabilities = mine.lines()
                .filter(line -> line.startsWith("CapEff:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        assumeTrue((capabilities >> MAY_MOUNT & 1) == 1, "needs CAP_SYS_ADMIN, which this root has not, to " + what);
    }

    /// Root who may mount, on a machine with a free loop device.
    static void loopMounts() throws IOException, InterruptedException {
        mounts("mount a file system in a file");
        String losetup = tool("losetup", "mount");
        Shell.Outcome free = Shell.outcome(new ProcessBuilder(losetup, "--find"));
        assumeTrue(
                free.code() == 0,
                "needs a loop device: losetup --find says " + free.err().strip());
        Path device = Path.of(free.out().strip());
        try {
            Files.newInputStream(device).close();
        } catch (IOException e) {
            assumeTrue(false, "needs a loop device that can be opened: " + e);
        }
    }

    /// Where that command is.
    ///
    /// @param debianPackage where Debian has it
    static String tool(String name, String debianPackage) {
        linux();
        Optional<Path> found = find(name);
        assumeTrue(found.isPresent(), "needs " + name + " (Debian package " + debianPackage + ")");
        return found.get().toString();
    }

    private static Optional<Path> find(String name) {
        List<String> folders =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":")));
        folders.addAll(List.of("/usr/sbin", "/sbin")); // Not on every root's path.
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
