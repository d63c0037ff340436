// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import java.nio.file.Path;

/// Something an import met and went on after.
///
/// @param file where it was
/// @param line its number, from 1; 0 when it is the file as a whole
/// @param reason what was found, in words
public record Problem(Path file, long line, String reason) {
    /// One line for a person.
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + reason;
    }
}
