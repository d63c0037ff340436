// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A device with ext4 on it that nbdkit serves, and one kind of call to which fails while a file is there. Gone when it
/// is closed.
final class ServedDevice implements AutoCloseable {
    private static final int LOOKS = 1_200;
    private static final int LOOK_MILLIS = 50;
    private static final int ENDS_SECONDS = 60;

    private final Path folder;
    private final Process server;
    private final Path served;
    private @Nullable LoopDevice loop;

    private ServedDevice(Path folder, Process server, Path served) {
        this.folder = folder;
        this.server = server;
        this.served = served;
    }

    /// Skips the test where there are no such devices.
    ///
    /// @param call of nbdkit: `pread` or `pwrite`
    /// @param failing the call fails while this file is there
    /// @param folder for the image, and what is mounted
    static ServedDevice failing(String call, Path failing, Path folder, long sizeBytes)
            throws IOException, InterruptedException {
        Needs.mounts("mount a device that fails");
        String nbdkit = Needs.tool("nbdkit", "nbdkit");
        String nbdfuse = Needs.tool("nbdfuse", "libnbd-bin");
        assumeTrue(Files.exists(Path.of("/dev/fuse")), "needs /dev/fuse");
        Needs.loopMounts();
        Path image = folder.resolve("disk");
        Path said = folder.resolve("nbdfuse.txt");
        Path served = Files.createDirectory(folder.resolve("served"));
        FileSystemInFile.make("ext4", image, sizeBytes);
        Process server = new ProcessBuilder(
                        nbdfuse,
                        served.resolve("disk").toString(),
                        "--command",
                        nbdkit,
                        "-s",
                        "--exit-with-parent",
                        "--filter=error",
                        "file",
                        image.toString(),
                        "error-" + call + "=EIO",
                        "error-" + call + "-rate=100%",
                        "error-" + call + "-file=" + failing)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        ServedDevice device = new ServedDevice(folder, server, served);
        for (int look = 0; look < LOOKS && !Files.exists(device.file()); look++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        if (!Files.exists(device.file())) {
            device.close();
            assumeTrue(false, "nbdfuse does not serve here: " + Files.readString(said));
        }
        return device;
    }

    private Path file() {
        return served.resolve("disk");
    }

    /// Mounts its file system, once; to be closed before the device is.
    Mount mount() throws IOException, InterruptedException {
        loop = LoopDevice.over(file());
        return loop.mount(folder.resolve("mounted"));
    }

    @Override
    public void close() throws IOException {
        if (loop != null) {
            loop.close();
        }
        try {
            Shell.outcome(new ProcessBuilder("umount", "--lazy", served.toString()));
            server.destroy();
            server.waitFor(ENDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        server.destroyForcibly();
    }
}
