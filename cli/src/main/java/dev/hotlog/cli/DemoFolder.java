// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where the demo keeps its log: one folder a user, open to that user alone, which stays for a closer look until the
/// next demo replaces it.
///
/// Beside the log lies how many events the demo put into it. A log that has others since is somebody's own, and is
/// left alone.
record DemoFolder(Path path) {
    private static final String COUNT = "events-of-the-demo";

    Path log() {
        return path.resolve("log");
    }

    /// Takes the last demo away and makes the folder anew.
    ///
    /// @throws Refusal when there is something in it that is not the demo's
    void renew() throws IOException, Refusal {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!isAsTheDemoLeftIt()) {
                throw Refusal.notFound(path + " holds more than the last demo put there; move it away, or delete it");
            }
            SampleHome.remove(path);
        }
        Files.createDirectories(path.getParent());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(path);
        }
    }

    /// Notes that the log holds the demo's events and no others.
    void seal() throws IOException {
        Files.writeString(path.resolve(COUNT), Long.toString(nextOffset()));
    }

    private boolean isAsTheDemoLeftIt() throws IOException {
        Path count = path.resolve(COUNT);
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(count)
                && Files.isDirectory(log())
                && Files.readString(count).equals(Long.toString(nextOffset()));
    }

    private long nextOffset() throws LogException {
        try (HotLogReader reader = HotLogReader.open(log())) {
            return reader.nextOffset();
        }
    }
}
