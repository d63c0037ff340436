// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.NotAFile;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/// What tells, without opening a file, that it is the one it was: its size, its time, and where the system
/// has one, its identity.
///
/// @param modifiedMillis since 1970 UTC
/// @param key the system's key of the file (device and inode); empty where there is none
record FileStamp(long sizeBytes, long modifiedMillis, String key) {
    /// Of a file that is not read to its end: equal to no real one.
    static final FileStamp NONE = new FileStamp(-1, 0, "");

    /// @throws IOException also when it is not a regular file
    static FileStamp of(FoundFile file) throws IOException {
        if (file instanceof FoundFile.OfWhole(Whole whole, Transcript _)) {
            Whole.Version version = whole.version();
            return new FileStamp(version.sizeBytes(), version.modifiedMillis(), version.key());
        }
        return of(file.path());
    }

    /// @throws IOException also when it is not a regular file
    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = NotAFile.attributes(file);
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                Objects.toString(attributes.fileKey(), ""));
    }
}
