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
    private PassedOver passedOver;

    WholeImport(ImportRun run, PlannedFile planned, Whole whole, Transcript transcript) {
        this.run = run;
        this.planned = planned;
        this.whole = whole;
        this.passedOver = PassedOver.nothing(whole.path());
        this.transcript = transcript;
        this.counts = run.tally().of(transcript.agent());
    }

    void run() throws IOException {
        Head head = planned.head();
        Transcript.Identity identity = transcript.identity(whole.path(), head);
        SessionAppender appender = new SessionAppender(run, transcript.agent(), whole.path(), identity);
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
                    appender.commit(reached(mark, FileStamp.NONE, reader));
                }
            }
        } catch (LogException e) {
            throw e;
        } catch (IOException e) {
            // What stands before the place that cannot be read is taken; the next import looks at all of it again.
            appender.commit(reached(mark, FileStamp.NONE, reader));
            throw e;
        }
        appender.commit(reached(mark, planned.stamp(), reader));
        counts.bytes += planned.stamp().sizeBytes();
    }

    private Reached reached(Mark mark, FileStamp stamp, TranscriptReader reader) {
        return new Reached(mark, NO_PROOF, stamp, passedOver, reader.state());
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
        Problem problem = new Problem(bad.file(), 0, bad.reason());
        passedOver = passedOver.and(problem);
        run.tally().problem(problem);
    }
}
