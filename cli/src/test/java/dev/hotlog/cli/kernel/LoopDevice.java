// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.io.IOException;
import java.nio.file.Path;

/// A block device over a file, past the page cache of that file: what the file did not take is not there.
final class LoopDevice implements AutoCloseable {
    private final String device;
    private final Thread atTheEnd = Thread.ofPlatform().unstarted(this::detach);

    private LoopDevice(String device) {
        this.device = device;
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    static LoopDevice over(Path file) throws IOException, InterruptedException {
        String losetup = Needs.tool("losetup", "mount");
        return new LoopDevice(Shell.run(losetup, "--direct-io=on", "--find", "--show", file.toString())
                .strip());
    }

    Mount mount(Path folder) throws IOException, InterruptedException {
        return Mount.on(folder, device);
    }

    private void detach() {
        try {
            Shell.run("losetup", "--detach", device);
        } catch (IOException e) {
            System.err.println("still attached: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
        detach();
    }
}
