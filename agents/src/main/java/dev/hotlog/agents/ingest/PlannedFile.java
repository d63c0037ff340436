// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;

/// A file that has something new to read.
///
/// @param stamp as it was when the import began; so much of it is read
/// @param cursor of an earlier import, as text; empty when there was none
/// @param head what its first lines tell; nothing of a reference log
/// @param order what is read first owns the usage that later files repeat
record PlannedFile(FoundFile file, FileStamp stamp, String cursor, Head head, Order order) {
    /// Subagents' files come first: their parents' files may tell their usage as well. Then by time, so that a
    /// conversation comes before its copies; copies begin with the same lines, and then it is the name that
    /// decides.
    ///
    /// @param rank 0 for a subagent's file, 1 for others
    /// @param earliestMillis the earliest time in its first lines
    record Order(int rank, long earliestMillis) {}

    static PlannedFile of(FoundFile file, FileStamp stamp, String cursor) throws IOException {
        return switch (file) {
            case FoundFile.OfSeedLog _ -> new PlannedFile(file, stamp, cursor, Head.EMPTY, new Order(0, 0));
            case FoundFile.OfWhole(Whole whole, Transcript transcript) ->
                of(file, stamp, cursor, transcript, Head.read(whole, transcript));
            case FoundFile.OfAgent(Path path, Transcript transcript) -> {
                try (FileChannel channel = FileChannel.open(path)) {
                    yield of(file, stamp, cursor, transcript, Head.read(channel, stamp.sizeBytes(), transcript));
                }
            }
        };
    }

    private static PlannedFile of(FoundFile file, FileStamp stamp, String cursor, Transcript transcript, Head head) {
        Order order = new Order(
                transcript.identity(file.path(), head).subagent() ? 0 : 1,
                head.earliestMillis().orElse(0));
        return new PlannedFile(file, stamp, cursor, head.ofFile(stamp.modifiedMillis()), order);
    }

    static final Comparator<PlannedFile> OLDEST_FIRST = Comparator.comparing(
                    PlannedFile::order, Comparator.comparingInt(Order::rank).thenComparingLong(Order::earliestMillis))
            .thenComparing(planned -> planned.file().path());
}
