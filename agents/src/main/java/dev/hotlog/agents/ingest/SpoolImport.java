// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Document;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.Receipt;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Takes in what hooks have spooled. A file goes once its event is on disk; when a crash comes between, the next import
/// finds the event there, and nothing happens but that the file goes.
///
/// A hook writes its file while it is looked at. What it writes is one JSON object, and no part of one is one too, so
/// a file is whole when it can be read.
final class SpoolImport {
    /// How a tally calls what hooks of an agent told.
    private static final String SUFFIX = " hooks";

    /// So long a hook may take to write a file. What is no JSON object after that never will be one.
    private static final Duration IN_THE_WRITING = Duration.ofMinutes(1);

    private static final int ENOUGH_CALLS = 1000;
    private static final long ENOUGH_BYTES = 1 << 20;
    private static final int MAX_TWINS = 1000;

    private final HotLog log;
    private final Spool spool;
    private final Tally tally;
    private final Instant now;
    private final List<HookCall> calls = new ArrayList<>();
    private long bytes;

    private record Spooled(Path file, FileStamp stamp) {
        static final Comparator<Spooled> OLDEST_FIRST = Comparator.comparingLong(
                        (Spooled spooled) -> spooled.stamp().modifiedMillis())
                .thenComparing(Spooled::file);
    }

    SpoolImport(ImportRun run, Instant now) {
        this.log = run.log();
        this.spool = Spool.of(run.directory());
        this.tally = run.tally();
        this.now = now;
    }

    void run() throws LogException {
        for (Spooled spooled : files()) {
            try {
                read(spooled.file(), spooled.stamp());
            } catch (IOException e) {
                failed(spooled.file(), Reasons.of(e));
            }
            if (calls.size() >= ENOUGH_CALLS || bytes >= ENOUGH_BYTES) {
                commit();
            }
        }
        commit();
    }

    /// In the order in which they were written.
    private List<Spooled> files() {
        if (!Files.isDirectory(spool.folder())) {
            return List.of();
        }
        List<Spooled> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(spool.folder(), Files::isRegularFile)) {
            for (Path file : all) {
                files.add(new Spooled(file, FileStamp.of(file)));
            }
        } catch (IOException e) {
            tally.problem(spool.folder(), 0, Reasons.of(e));
        } catch (DirectoryIteratorException e) {
            tally.problem(spool.folder(), 0, Reasons.of(Objects.requireNonNull(e.getCause())));
        }
        files.sort(Spooled.OLDEST_FIRST);
        return files;
    }

    private static String agent(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void read(Path file, FileStamp stamp) throws IOException {
        Tally.OfAgent counts = tally.of(agent(file) + SUFFIX);
        counts.files++;
        switch (Document.read(file)) {
            case Whole.Step.Taken(JsonSlice told) -> {
                counts.read++;
                counts.bytes += stamp.sizeBytes();
                bytes += stamp.sizeBytes();
                try {
                    calls.add(HookCall.of(file, agent(file), told, stamp.modifiedMillis()));
                } catch (IllegalArgumentException e) {
                    putAside(file, String.valueOf(e.getMessage()));
                }
            }
            case Whole.Step.Bad bad -> {
                if (stamp.modifiedMillis() < now.minus(IN_THE_WRITING).toEpochMilli()) {
                    putAside(file, bad.reason());
                }
            }
        }
    }

    private void putAside(Path file, String reason) throws IOException {
        tally.of(agent(file) + SUFFIX).badLines++;
        tally.problem(spool.putAside(file), 0, reason + ": put aside");
    }

    private void commit() throws LogException {
        List<HookCall> kept = new ArrayList<>(calls);
        try {
            append(calls);
        } catch (LogException.KeyTaken | LogException.Damaged | IllegalArgumentException _) {
            kept.clear();
            for (HookCall call : calls) {
                if (appendAlone(call)) {
                    kept.add(call);
                }
            }
        }
        log.flush();
        kept.forEach(this::delete);
        calls.clear();
        bytes = 0;
    }

    private void append(List<HookCall> some) throws LogException {
        List<Event> events = some.stream().map(HookCall::event).toList();
        Receipt receipt = log.append(new Batch(events, newFacts(some), List.of()), Durability.MEMORY);
        for (int i = 0; i < some.size(); i++) {
            Tally.OfAgent counts = tally.of(agent(some.get(i).file()) + SUFFIX);
            counts.objects++;
            if (receipt.isDuplicate(i)) {
                counts.duplicates++;
            } else {
                counts.events++;
            }
        }
    }

    /// What the calls tell of sessions of which the log does not know it: a transcript knows better.
    private List<SessionFacts> newFacts(List<HookCall> some) {
        Map<String, Map<String, String>> told = new HashMap<>();
        for (HookCall call : some) {
            String session = call.event().sessionId();
            Map<String, String> facts = told.computeIfAbsent(session, _ -> new HashMap<>());
            call.facts().forEach(facts::putIfAbsent);
        }
        List<SessionFacts> news = new ArrayList<>();
        told.forEach((session, facts) -> {
            log.facts(session)
                    .ifPresent(known -> facts.keySet().removeAll(known.facts().keySet()));
            if (!facts.isEmpty()) {
                news.add(new SessionFacts(session, facts));
            }
        });
        return news;
    }

    /// @return whether the log has it
    private boolean appendAlone(HookCall call) throws LogException {
        HookCall twin = call;
        for (int twins = 0; twins < MAX_TWINS; twins++) {
            try {
                append(List.of(twin));
                return true;
            } catch (LogException.KeyTaken _) {
                twin = twin.next();
            } catch (LogException.Damaged e) {
                tally.logDamage(e.damage());
                return failed(call.file(), "not taken: the log has an event of it that it cannot read");
            } catch (IllegalArgumentException e) {
                return failed(call.file(), "an event that cannot be kept: " + e.getMessage());
            }
        }
        return failed(call.file(), "not taken: its key is taken, and the " + MAX_TWINS + " after it");
    }

    private boolean failed(Path file, String reason) {
        tally.of(agent(file) + SUFFIX).failed++;
        tally.problem(file, 0, reason);
        return false;
    }

    private void delete(HookCall call) {
        try {
            Files.deleteIfExists(call.file());
        } catch (IOException e) {
            tally.problem(call.file(), 0, "taken in, but cannot be deleted: " + Reasons.of(e));
        }
    }
}
