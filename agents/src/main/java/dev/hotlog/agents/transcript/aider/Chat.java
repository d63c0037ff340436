// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.aider;

import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// One chat in a history: from the line that begins it to the next such line, or the end.
///
/// @param file the history
/// @param id of the session
/// @param startedMillis since 1970 UTC
/// @param from where in the file it begins
/// @param to where the next one does, or the last whole line ends
/// @param modifiedMillis when it was written to last
record Chat(Path file, String id, long startedMillis, long from, long to, long modifiedMillis) implements Whole {
    /// A name below the history's; there is no such file.
    @Override
    public Path path() {
        return file.resolve(id);
    }

    @Override
    public Version version() {
        return new Version(to - from, modifiedMillis, "");
    }

    @Override
    public Reading objects() throws IOException {
        return new ChatParts(this, FileChannel.open(file));
    }
}
