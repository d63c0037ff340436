// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file of JSON objects, one a line, that its agent writes anew instead of appending to it.
///
/// @param path the file
public record WholeLines(Path path) implements Whole {
    @Override
    public Version version() throws IOException {
        return Version.of(path);
    }

    @Override
    public Reading objects() throws IOException {
        return new Objects(path, FileChannel.open(path));
    }

    /// Goes through the lines as a [Scan] does, and keeps each object for the one who asked.
    private static final class Objects implements Reading, TranscriptReader {
        private final Path path;
        private final FileChannel channel;
        private final Scan scan;
        private JsonSlice object = JsonSlice.NONE;

        Objects(Path path, FileChannel channel) throws IOException {
            this.path = path;
            this.channel = channel;
            this.scan = new Scan(channel, Mark.START, channel.size(), this);
        }

        @Override
        public Optional<Step> next() throws IOException {
            return scan.next().map(step -> switch (step) {
                case Scan.Step.Taken _ -> new Step.Taken(object);
                case Scan.Step.Bad bad -> new Step.Bad(path, "line " + bad.line() + ": " + bad.reason());
            });
        }

        @Override
        public void titled() {
            // gives no titles
        }

        @Override
        public Piece read(JsonSlice line, long seq) {
            object = line;
            return new Piece(List.of(), List.of(), Map.of(), 0);
        }

        @Override
        public String state() {
            return "{}";
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
