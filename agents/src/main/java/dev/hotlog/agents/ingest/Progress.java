// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import java.nio.file.Path;

/// Is told how far an import has come, many times a second.
@FunctionalInterface
public interface Progress {
    /// Nobody watches.
    Progress NONE = (file, bytesDone, bytesTotal) -> {};

    /// @param file that is being read
    /// @param bytesDone of all files that have anything new
    /// @param bytesTotal likewise; known once reading begins
    void at(Path file, long bytesDone, long bytesTotal);
}
