// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.Receipt;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// JSON Lines in, acknowledgements out.
///
/// Reading goes on while earlier events wait to be forced: [ReadAhead]'s thread reads, this one appends, and
/// [Acknowledger]'s waits and answers.
final class AppendCommand implements VerbCommand {
    /// As long as a line may be when there is memory for it: an event's own limit, and its field names.
    private static final int MAX_LINE_BYTES = 64 << 20;
    /// An event is in memory several times on its way: as a line, as fields, as a frame.
    private static final int SHARE_OF_MEMORY = 8;

    String agent = "";

    final JsonLinesOption json = new JsonLinesOption();

    private final Desk desk;
    private final int maxLineBytes;
    private long bad;
    private boolean damaged;

    AppendCommand(Desk desk) {
        this.desk = desk;
        maxLineBytes = maxLineBytes(Runtime.getRuntime().maxMemory());
    }

    @Override
    public void declare(Options options) {
        options.text(
                "--agent",
                "NAME",
                "Whose sessions these are: reports tell agents apart by that.",
                value -> agent = value);
        json.declare(options);
        options.footer("""
                Each line is one event, such as
                  {"session_id":"s1","seq":1,"ts_ms":1767225600000,"kind":"message","payload":"hi"}
                and is answered, once it is on disk, by one line
                  {"session_id":"s1","seq":1,"offset":0}
                with "duplicate":true when the same event was there already. A line that is no event is reported
                with its number, the rest goes on, and the exit code is 1. 'hotlog replay' prints such lines.""");
    }

    @Override
    public Integer call() throws IOException {
        DamageSeen damage;
        try (HotLog log = HotLog.open(desk.directory())) {
            damage = desk.tellRecovery(log.recovery());
            if (desk.readsFromTerminal()) {
                desk.talk().say("one JSON object a line; Ctrl-D ends");
            }
            try (Acknowledger acknowledger = Acknowledger.start(log, desk.page())) {
                // Whoever sends nothing more until it is answered must hear of it when the disk fails.
                LineInput lines = new LineInput(ReadAhead.of(desk.in(), acknowledger::throwFailure), maxLineBytes);
                while (lines.next()) {
                    if (!lines.isBlank()) {
                        append(lines, log, acknowledger);
                    }
                }
            }
        }
        if (bad > 0) {
            desk.talk().say(Figures.count(bad, "line") + " not taken; all others are in the log");
        }
        if (damaged) {
            desk.talk().say(Exit.wayOut(desk));
            return Exit.DAMAGED;
        }
        return damage.exitCode(bad == 0 ? Exit.FINE : Exit.NO);
    }

    /// So long that a line cannot end the program for want of memory.
    static int maxLineBytes(long memoryBytes) {
        return (int) Math.min(MAX_LINE_BYTES, memoryBytes / SHARE_OF_MEMORY);
    }

    private void append(LineInput line, HotLog log, Acknowledger acknowledger) throws IOException {
        try {
            if (line.isTooLong()) {
                throw new EventLine.Bad("longer than " + Figures.count(maxLineBytes) + " bytes"
                        + (maxLineBytes < MAX_LINE_BYTES ? ", with this memory; HOTLOG_OPTS=-Xmx1g gives more" : ""));
            }
            Event event = EventLine.read(line.bytes(), line.start(), line.end());
            Receipt receipt =
                    log.append(new Batch(List.of(event), facts(event, log, false), List.of()), Durability.MEMORY);
            // A duplicate may be an old one, sent again: its model is not the session's last.
            List<SessionFacts> news = receipt.isDuplicate(0) ? List.of() : facts(event, log, true);
            if (!news.isEmpty()) {
                log.append(new Batch(List.of(), news, List.of()), Durability.MEMORY);
            }
            acknowledger.expect(event, receipt.offset(0), receipt.isDuplicate(0));
        } catch (LogException.Damaged e) {
            // The log has an event of this key, which cannot be read: whether it is this one nobody knows.
            damaged = true;
            refuse(line, e);
        } catch (EventLine.Bad | LogException.KeyTaken | IllegalArgumentException e) {
            refuse(line, e);
        }
    }

    /// Whose session it is and of what model, as far as the log does not know.
    ///
    /// @param anew whether another model than the one known counts too
    private List<SessionFacts> facts(Event event, HotLog log, boolean anew) {
        if (agent.isEmpty() && event.model().isEmpty()) {
            return List.of();
        }
        Map<String, String> known =
                log.facts(event.sessionId()).map(SessionFacts::facts).orElse(Map.of());
        Map<String, String> told = new HashMap<>();
        if (!agent.isEmpty()) {
            told.put(SessionFacts.AGENT, agent);
        }
        if (anew || !known.containsKey(SessionFacts.MODEL)) {
            event.model().ifPresent(model -> told.put(SessionFacts.MODEL, model));
        }
        told.entrySet().removeAll(known.entrySet());
        return told.isEmpty() ? List.of() : List.of(new SessionFacts(event.sessionId(), told));
    }

    private void refuse(LineInput line, Exception why) {
        bad++;
        desk.talk().say("line " + line.number() + ": " + why.getMessage());
    }
}
