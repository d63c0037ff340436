// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.event.SessionSummary;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sessions, newest first.
@Command(name = "sessions")
final class SessionsCommand implements Callable<Integer> {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many (${DEFAULT-VALUE}).")
    long limit = 20;

    @Option(names = "--all", description = "All of them.")
    boolean all;

    @Mixin
    SessionOptions sessions = new SessionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    private final Desk desk;

    SessionsCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (limit < 0) {
            throw Refusal.usage("--limit " + limit + " is less than no session at all");
        }
        try (History history = History.open(desk.directory())) {
            SessionFilter filter = sessions.filter(history);
            try (Stream<SessionSummary> found = history.sessions(filter, sessions.span(desk, desk.zone()))) {
                return print(found.iterator(), filter, history);
            }
        }
    }

    private int print(Iterator<SessionSummary> found, SessionFilter filter, History history) throws IOException {
        boolean none = !found.hasNext();
        long shown = all ? Long.MAX_VALUE : limit;
        if (json.on) {
            writeJson(found, shown);
        } else {
            new SessionTable(desk, history).print(found, shown);
        }
        desk.page().flush();
        int names = NamesAsked.check(filter, history, desk);
        if (none && names == Exit.FINE && !json.on) {
            desk.talk().say("no sessions");
        }
        return DamageSeen.in(history.lost(), desk).exitCode(names);
    }

    private void writeJson(Iterator<SessionSummary> each, long limit) throws IOException {
        desk.page().json().writeStartArray();
        for (long written = 0; written < limit && each.hasNext(); written++) {
            desk.page().json().writeStartObject();
            SessionJson.write(desk.page().json(), each.next());
            desk.page().json().writeEndObject();
            desk.page().spillJson();
        }
        desk.page().json().writeEndArray();
        desk.page().endJson();
    }
}
