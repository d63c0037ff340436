// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.agents.transcript.Scan;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Imports one transcript: from where the last import stopped, or from the start when the file is no longer
/// the one that was read.
final class TranscriptImport {
    private final ImportRun run;
    private final PlannedFile planned;
    private final Path file;
    private final Transcript transcript;
    private final Tally.OfAgent counts;
    private PassedOver passedOver;

    TranscriptImport(ImportRun run, PlannedFile planned, Transcript transcript) {
        this.run = run;
        this.planned = planned;
        this.file = planned.file().path();
        this.passedOver = PassedOver.nothing(file);
        this.transcript = transcript;
        this.counts = run.tally().of(transcript.agent());
    }

    void run() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (planned.cursor().isEmpty()) {
                begin(channel, false);
                return;
            }
            FileCursor earlier = FileCursor.parse(planned.cursor(), file);
            boolean begun = earlier.reached().mark().position() > 0;
            if (begun && isStillThere(channel, earlier.reached())) {
                goOn(channel, earlier);
            } else {
                begin(channel, begun);
            }
        }
    }

    private boolean isStillThere(FileChannel channel, Reached earlier) throws IOException {
        long position = earlier.mark().position();
        return planned.stamp().sizeBytes() >= position
                && FileProof.of(channel, position).equals(earlier.proof());
    }

    private void goOn(FileChannel channel, FileCursor cursor) throws IOException {
        SessionAppender appender = appender(cursor.identity());
        if (transcript.givesIds()) {
            appender.recogniseAll();
        } else if (cursor.recognising()) {
            appender.recogniseFrom(0);
        }
        Head head = Head.EMPTY.ofFile(planned.stamp().modifiedMillis());
        Reached reached = cursor.reached();
        TranscriptReader reader = transcript.reader(cursor.identity(), head, Optional.of(reached.reader()));
        passedOver = reached.passedOver();
        read(channel, reached.mark(), reader, appender);
    }

    /// @param again whether another file was imported under this name before
    private void begin(FileChannel channel, boolean again) throws IOException {
        Head head = headOf(channel);
        Transcript.Identity identity = transcript.identity(file, head);
        SessionAppender appender = appender(identity);
        if (again) {
            counts.replaced++;
            run.tally().problem(file, 0, "was cut short or replaced since the last import: read again from its start");
        }
        if (transcript.givesIds()) {
            appender.recogniseAll();
        } else if (again) {
            appender.recogniseFrom(0);
        }
        TranscriptReader reader = transcript.reader(identity, head, Optional.empty());
        if (appender.knowsTitle()) {
            reader.titled();
        }
        read(channel, Mark.START, reader, appender);
    }

    /// As planned, unless the file has changed since: another may be there now.
    private Head headOf(FileChannel channel) throws IOException {
        return FileStamp.of(planned.file()).equals(planned.stamp())
                ? planned.head()
                : Head.read(channel, planned.stamp().sizeBytes(), transcript)
                        .ofFile(planned.stamp().modifiedMillis());
    }

    private SessionAppender appender(Transcript.Identity identity) {
        return new SessionAppender(run, transcript.agent(), file, identity);
    }

    private void read(FileChannel channel, Mark from, TranscriptReader reader, SessionAppender appender)
            throws IOException {
        Scan scan = new Scan(channel, from, planned.stamp().sizeBytes(), reader);
        try {
            for (Optional<Scan.Step> step = scan.next(); step.isPresent(); step = scan.next()) {
                take(step.get(), appender);
                if (appender.hasEnough()) {
                    commit(channel, scan, FileStamp.NONE, reader, appender);
                }
            }
        } catch (LogException e) {
            throw e;
        } catch (IOException e) {
            // The next import goes on where this file could not be read any further.
            commit(channel, scan, FileStamp.NONE, reader, appender);
            throw e;
        }
        commit(channel, scan, planned.stamp(), reader, appender);
        counts.bytes += scan.mark().position() - from.position();
    }

    private void take(Scan.Step step, SessionAppender appender) throws LogException {
        switch (step) {
            case Scan.Step.Taken taken -> appender.add(taken.piece());
            case Scan.Step.Bad bad -> {
                counts.badLines++;
                Problem problem = new Problem(file, bad.line(), bad.reason());
                passedOver = passedOver.and(problem);
                run.tally().problem(problem);
            }
        }
    }

    private void commit(
            FileChannel channel, Scan scan, FileStamp stamp, TranscriptReader reader, SessionAppender appender)
            throws IOException {
        Mark mark = scan.mark();
        FileProof proof = FileProof.of(channel, mark.position());
        appender.commit(new Reached(mark, proof, stamp, passedOver, reader.state()));
        run.bytes().at(file, mark.position());
    }
}
