// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Lines;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.seedlog.SeedLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Tells whose file it is by what is in it: its magic, or the first line that one agent alone would write.
final class Recognition {
    private static final int MAX_LINES = 50;

    private final List<Transcript> transcripts;

    Recognition(List<Transcript> transcripts) {
        this.transcripts = transcripts;
    }

    /// The transcripts in a file that is none of lines, told by its name.
    List<FoundFile> wholesOf(Path file) throws IOException {
        Path real = file.toRealPath();
        for (Transcript transcript : transcripts) {
            if (transcript.isTranscript(real) && !transcript.isLines(real)) {
                return transcript.wholes(real).stream()
                        .<FoundFile>map(whole -> new FoundFile.OfWhole(whole, transcript))
                        .toList();
            }
        }
        return List.of();
    }

    /// @throws IOException also when it is not a regular file: to open a pipe may take for ever
    Optional<FoundFile> of(Path file) throws IOException {
        FileStamp.of(file);
        Path real = file.toRealPath();
        try (FileChannel channel = FileChannel.open(real)) {
            if (SeedLog.isOne(channel)) {
                return Optional.of(new FoundFile.OfSeedLog(real));
            }
            Lines lines = new Lines(channel, 0, channel.size());
            for (int i = 0; i < MAX_LINES && lines.next(); i++) {
                JsonSlice object = lines.firstObject();
                for (Transcript transcript : transcripts) {
                    if (object.exists() && transcript.recognises(object)) {
                        return Optional.of(new FoundFile.OfAgent(real, transcript));
                    }
                }
            }
            return Optional.empty();
        }
    }
}
