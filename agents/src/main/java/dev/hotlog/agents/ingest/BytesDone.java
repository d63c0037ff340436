// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import java.nio.file.Path;
import java.util.List;

/// Adds up how far an import has come over all its files.
final class BytesDone {
    private final Progress progress;
    private final long totalBytes;
    private long filesDoneBytes;

    BytesDone(Progress progress, List<PlannedFile> files) {
        this.progress = progress;
        this.totalBytes = files.stream().mapToLong(f -> f.stamp().sizeBytes()).sum();
    }

    /// @param position up to where the file at hand has been read
    void at(Path file, long position) {
        progress.at(file, filesDoneBytes + position, totalBytes);
    }

    void fileDone(PlannedFile file) {
        filesDoneBytes += file.stamp().sizeBytes();
        progress.at(file.file().path(), filesDoneBytes, totalBytes);
    }
}
