// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.seedlog.SeedLog;
import dev.hotlog.agents.transcript.seedlog.SeedLogScan;
import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.Receipt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Imports a log that the reference wrote, its events as they are: with their sessions, seqs and payloads.
///
/// That log takes a second event under the same (session, seq); ours does not. The same event again is a duplicate.
/// A different one is kept in the session `<id>~2` under its own seq, the next in `<id>~3`, so that nothing is
/// lost, and importing again finds each where it was put.
final class SeedLogImport {
    private static final Transcript.Identity NO_SESSION = new Transcript.Identity("-", "", false);
    private static final int MAX_TWINS = 1000;

    private final HotLog log;
    private final Tally tally;
    private final Tally.OfAgent counts;
    private final BytesDone bytes;
    private final PlannedFile planned;
    private final Path file;
    private final PendingBatch pending = new PendingBatch();
    private PassedOver passedOver;

    SeedLogImport(ImportRun run, PlannedFile planned) {
        this.log = run.log();
        this.tally = run.tally();
        this.counts = tally.of(SeedLog.NAME);
        this.bytes = run.bytes();
        this.planned = planned;
        this.file = planned.file().path();
        this.passedOver = PassedOver.nothing(file);
    }

    void run() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Mark from = begin(channel);
            SeedLogScan scan = new SeedLogScan(channel, from, planned.stamp().sizeBytes());
            for (Optional<SeedLogScan.Step> step = scan.next(); step.isPresent(); step = scan.next()) {
                switch (step.get()) {
                    case SeedLogScan.Step.Taken taken -> {
                        counts.objects++;
                        pending.add(taken.event(), false);
                    }
                    case SeedLogScan.Step.Damaged damage -> {
                        counts.damaged++;
                        leftOut(damage.position(), damage.reason());
                    }
                    case SeedLogScan.Step.Unfit unfit -> leftOut(unfit.position(), unfit.reason());
                }
                if (pending.isEnough()) {
                    commit(channel, scan.mark(), FileStamp.NONE);
                }
            }
            if (scan.tornBytes() > 0) {
                tally.problem(
                        file,
                        0,
                        "at position " + scan.mark().position() + ": the last " + scan.tornBytes()
                                + " bytes are no whole frame, torn off or not yet written; left out");
            }
            commit(channel, scan.mark(), planned.stamp());
            counts.bytes += scan.mark().position() - from.position();
        }
    }

    private void leftOut(long position, String reason) {
        passOver("at position " + position + ": " + reason);
    }

    private void passOver(String reason) {
        Problem problem = new Problem(file, 0, reason);
        counts.badLines++;
        passedOver = passedOver.and(problem);
        tally.problem(problem);
    }

    private Mark begin(FileChannel channel) throws IOException {
        if (planned.cursor().isEmpty()) {
            return SeedLogScan.START;
        }
        Reached earlier = FileCursor.parse(planned.cursor(), file).reached();
        long position = earlier.mark().position();
        if (planned.stamp().sizeBytes() >= position
                && FileProof.of(channel, position).equals(earlier.proof())) {
            passedOver = earlier.passedOver();
            return earlier.mark();
        }
        counts.replaced++;
        tally.problem(file, 0, "was cut short or replaced since the last import: read again from its start");
        return SeedLogScan.START;
    }

    private void commit(FileChannel channel, Mark mark, FileStamp stamp) throws IOException {
        FileProof proof = FileProof.of(channel, mark.position());
        List<Event> events =
                pending.events().stream().map(PendingBatch.Waiting::event).toList();
        try {
            append(new Batch(events, List.of(), List.of(cursor(mark, proof, stamp))));
        } catch (LogException.KeyTaken | IllegalArgumentException _) {
            for (Event event : events) {
                appendAlone(event);
            }
            append(new Batch(List.of(), List.of(), List.of(cursor(mark, proof, stamp))));
        }
        pending.clear();
        bytes.at(file, mark.position());
    }

    private Cursor cursor(Mark mark, FileProof proof, FileStamp stamp) {
        Reached reached = new Reached(mark, proof, stamp, passedOver, "{}");
        FileCursor cursor = new FileCursor(reached, NO_SESSION, false);
        return new Cursor(FileCursor.source(SeedLog.NAME, file), cursor.asText());
    }

    private void append(Batch batch) throws LogException {
        Receipt receipt = log.append(batch, Durability.MEMORY);
        counts.events += receipt.size() - receipt.duplicates();
        counts.duplicates += receipt.duplicates();
    }

    private void appendAlone(Event event) throws LogException {
        try {
            append(Batch.of(event));
        } catch (LogException.KeyTaken taken) {
            appendBeside(event, taken);
        } catch (IllegalArgumentException e) {
            passOver("an event that cannot be kept: " + e.getMessage());
        }
    }

    private void appendBeside(Event event, LogException.KeyTaken taken) throws LogException {
        long before = counts.events;
        for (int twin = 2; twin <= MAX_TWINS; twin++) {
            String session = event.sessionId() + "~" + twin;
            try {
                append(Batch.of(event.toBuilder().key(session, event.seq()).build()));
                if (counts.events > before) {
                    counts.renumbered++;
                    tally.problem(file, 0, taken.getMessage() + ": kept as session " + session);
                }
                return;
            } catch (LogException.KeyTaken _) {
                // that one is another event as well: the next
            }
        }
        throw taken;
    }
}
