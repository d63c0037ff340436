// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A folder on which something is mounted, until it is closed or this process ends.
final class Mount implements AutoCloseable {
    private static final Set<Path> MOUNTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(() -> MOUNTED.forEach(Mount::unmountWhateverHoldsIt)));
    }

    private final Path folder;
    private final List<String> command;

    private Mount(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /// Mounts that on the folder, which is made. A kernel that does not know the file system skips the test.
    ///
    /// @param words what `mount` is given ahead of the folder
    static Mount on(Path folder, String... words) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(words));
        command.add(folder.toString());
        Mount mount = new Mount(folder, command);
        try {
            mount.mount();
        } catch (IOException e) {
            assumeFalse(String.valueOf(e.getMessage()).contains("unknown filesystem type"), e::getMessage);
            throw e;
        }
        return mount;
    }

    Path folder() {
        return folder;
    }

    /// Takes it off and puts it on again: whatever was in memory alone is gone, if it could not be written.
    void again() throws IOException, InterruptedException {
        Shell.run("umount", folder.toString());
        MOUNTED.remove(folder);
        mount();
    }

    private void mount() throws IOException, InterruptedException {
        Shell.run(command);
        MOUNTED.add(folder);
    }

    @Override
    public void close() throws IOException {
        if (MOUNTED.remove(folder)) {
            try {
                if (Shell.outcome(new ProcessBuilder("umount", folder.toString()))
                                .code()
                        != 0) {
                    unmountWhateverHoldsIt(folder);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                MOUNTED.add(folder); // Left to the end of this process.
            }
        }
    }

    /// Takes it from the tree at once; it goes when nobody uses it any more.
    private static void unmountWhateverHoldsIt(Path folder) {
        try {
            Shell.run("umount", "--lazy", folder.toString());
        } catch (IOException e) {
            System.err.println("still mounted: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
