// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Piece;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Appends what one file tells of its session, in batches that take the file's cursor along.
///
/// Seqs are slots of the file, so an event that the log has already is the same event under the same key, and
/// nothing happens. When another event has the key, the file is no longer what the session was read from:
/// from there on events are recognised by what they say, and those that are new go after the session's last.
final class SessionAppender {
    private final HotLog log;
    private final Path directory;
    private final UsageLedger ledger;
    private final Tally.OfAgent counts;
    private final String agent;
    private final Path file;
    private final Transcript.Identity identity;

    private final PendingBatch pending = new PendingBatch();
    /// What the log knows of the session, once it was asked.
    private @Nullable Map<String, String> knownFacts;
    /// Whether events are told by what they say.
    private boolean recognising;
    /// Events of the session with lower seqs are then accounted for.
    private long recognisedFrom;
    /// What the session holds from there on, once an event is to be told.
    private @Nullable KnownEvents known;
    /// Whether seqs were never slots, so that another one is nothing to tell.
    private boolean expected;

    SessionAppender(ImportRun run, String agent, Path file, Transcript.Identity identity) {
        this.log = run.log();
        this.directory = run.directory();
        this.ledger = run.ledger();
        this.counts = run.tally().of(agent);
        this.agent = agent;
        this.file = file;
        this.identity = identity;
    }

    /// From now on events are told by what they say.
    ///
    /// @param fromSeq events of the session with lower seqs are accounted for
    void recogniseFrom(long fromSeq) {
        recognising = true;
        recognisedFrom = fromSeq;
    }

    /// From the first event on events are told by what they say, as they are in other files of this agent
    /// too.
    void recogniseAll() {
        recogniseFrom(0);
        expected = true;
    }

    /// Whether the log has a title of the session.
    boolean knowsTitle() {
        return factsOfLog().containsKey(SessionFacts.TITLE);
    }

    void add(Piece piece) throws LogException {
        counts.objects++;
        piece.events().forEach(event -> pending.add(event, false));
        for (Usage usage : piece.usage()) {
            ledger.count(agent, usage).ifPresent(cost -> pending.add(cost, true));
        }
        pending.addFacts(piece);
    }

    boolean hasEnough() {
        return pending.isEnough();
    }

    /// Appends what was added, with how far the file was read for it.
    void commit(Reached reached) throws LogException {
        try {
            append(reached);
        } catch (LogException.KeyTaken taken) {
            if (recognising) {
                throw taken;
            }
            recogniseFrom(pending.events().getFirst().event().seq());
            append(reached);
        }
        pending.clear();
        ledger.committed();
    }

    private void append(Reached reached) throws LogException {
        List<Event> events = recognising ? unrecognised() : inTheirSlots();
        FileCursor cursor = new FileCursor(reached, identity, recognising);
        List<Cursor> cursors = new ArrayList<>(ledger.changes());
        cursors.add(new Cursor(FileCursor.source(agent, file), cursor.asText()));
        Map<String, String> facts = changedFacts();
        Receipt receipt = log.append(new Batch(events, asFacts(facts), cursors), Durability.MEMORY);
        factsOfLog().putAll(facts);
        counts.events += receipt.size() - receipt.duplicates();
        counts.duplicates += pending.events().size() - events.size() + receipt.duplicates();
        if (recognising && !expected) {
            counts.renumbered += events.size();
        }
    }

    private List<Event> inTheirSlots() {
        return pending.events().stream().map(PendingBatch.Waiting::event).toList();
    }

    private List<Event> unrecognised() throws LogException {
        List<Event> events = new ArrayList<>();
        for (PendingBatch.Waiting waiting : pending.events()) {
            if (waiting.counted() || !known().claim(waiting.event())) {
                events.add(waiting.event().toBuilder()
                        .key(
                                identity.sessionId(),
                                known().takeSeq(waiting.event().seq()))
                        .build());
            }
        }
        return events;
    }

    /// Asked for by the first event alone: a file that tells no more than facts need not wait for a whole session to
    /// be read.
    private KnownEvents known() throws LogException {
        KnownEvents session = known;
        if (session == null) {
            log.flush();
            try (HotLogReader reader = HotLogReader.open(directory)) {
                session = KnownEvents.of(reader, identity.sessionId(), recognisedFrom);
            }
            known = session;
        }
        return session;
    }

    /// What was added and the log does not know yet of the session.
    private Map<String, String> changedFacts() {
        Map<String, String> changed = new HashMap<>(pending.facts());
        changed.entrySet().removeAll(factsOfLog().entrySet());
        if (factsOfLog().containsKey(SessionFacts.WORKSPACE)) {
            changed.remove(SessionFacts.WORKSPACE);
        }
        return changed;
    }

    private List<SessionFacts> asFacts(Map<String, String> facts) {
        return facts.isEmpty() ? List.of() : List.of(new SessionFacts(identity.sessionId(), facts));
    }

    private Map<String, String> factsOfLog() {
        if (knownFacts == null) {
            knownFacts = new HashMap<>(
                    log.facts(identity.sessionId()).map(SessionFacts::facts).orElse(Map.of()));
        }
        return knownFacts;
    }
}
