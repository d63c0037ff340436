// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.agents.transcript.Piece;
import dev.hotlog.agents.transcript.Scan;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Imports a transcript that its agent writes anew: all of it, each time it has changed.
final class WholeImport {
    /// Nothing is skipped the next time, so nothing need be proven.
    private static final FileProof NO_PROOF = new FileProof("", "");

    private final ImportRun run;
    private final PlannedFile planned;
    private final Whole whole;
    private final Transcript transcript;
    private final Tally.OfAgent counts;

    WholeImport(ImportRun run, PlannedFile planned, Whole whole, Transcript transcript) {
        this.run = run;
        this.planned = planned;
        this.whole = whole;
        this.transcript = transcript;
        this.counts = run.tally().of(transcript.agent());
    }

    void run() throws IOException {
        Head head = planned.head();
        Transcript.Identity identity = transcript.identity(whole.path(), head);
        String source = FileCursor.source(transcript.agent(), whole.path());
        SessionAppender appender = new SessionAppender(run, transcript.agent(), source, identity);
        appender.recogniseAll();
        TranscriptReader reader = transcript.readerOfWhole(identity, head);
        if (appender.knowsTitle()) {
            reader.titled();
        }
        Mark mark = Mark.START;
        try (Whole.Reading objects = whole.objects()) {
            for (Optional<Whole.Step> step = objects.next(); step.isPresent(); step = objects.next()) {
                mark = new Mark(0, mark.line() + 1, mark.seq() + take(step.get(), reader, mark, appender));
                if (appender.hasEnough()) {
                    appender.commit(mark, NO_PROOF, FileStamp.NONE, reader.state());
                }
            }
        } catch (LogException e) {
            throw e;
        } catch (IOException e) {
            // What stands before the place that cannot be read is taken; the next import looks at all of it again.
            appender.commit(mark, NO_PROOF, FileStamp.NONE, reader.state());
            throw e;
        }
        appender.commit(mark, NO_PROOF, planned.stamp(), reader.state());
        counts.bytes += planned.stamp().sizeBytes();
    }

    /// How many slots it took.
    private int take(Whole.Step step, TranscriptReader reader, Mark mark, SessionAppender appender) throws IOException {
        switch (step) {
            case Whole.Step.Taken taken -> {
                try {
                    Piece piece = reader.read(taken.json(), mark.seq());
                    appender.add(piece);
                    return piece.slots();
                } catch (JacksonException e) {
                    bad(new Whole.Step.Bad(whole.path(), Scan.reason(e)));
                }
            }
            case Whole.Step.Bad bad -> bad(bad);
        }
        return 0;
    }

    private void bad(Whole.Step.Bad bad) {
        counts.badLines++;
        run.tally().problem(bad.file(), 0, bad.reason());
    }
}
