// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/// A transcript that its agent writes anew, or in pieces, instead of appending to it: a document, a tree of
/// small files, a session in a database.
///
/// It is read from its start whenever it has changed. What it tells has ids, and by these what was told
/// before is known again ([Payload#id]).
public interface Whole {
    /// What it is called: its file, or a name below that, where a file holds more than one.
    Path path();

    /// What has changed whenever it has.
    Version version() throws IOException;

    /// Its objects in order, from the first.
    Reading objects() throws IOException;

    /// @param sizeBytes of all that belongs to it
    /// @param modifiedMillis the latest time at which any of it was written, since 1970 UTC
    /// @param key what else tells it from another under its name; may be empty
    record Version(long sizeBytes, long modifiedMillis, String key) {
        /// Of one file.
        ///
        /// @throws IOException also when it is not a regular file
        public static Version of(Path file) throws IOException {
            BasicFileAttributes attributes = NotAFile.attributes(file);
            return new Version(
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis(),
                    Objects.toString(attributes.fileKey(), ""));
        }
    }

    /// Goes through the objects.
    interface Reading extends Closeable {
        /// The next; empty at the end.
        Optional<Step> next() throws IOException;
    }

    /// What was met.
    sealed interface Step {
        /// @param json good until the next step
        record Taken(JsonSlice json) implements Step {}

        /// @param file where it is
        /// @param reason what it is instead of a JSON object
        record Bad(Path file, String reason) implements Step {}
    }
}
