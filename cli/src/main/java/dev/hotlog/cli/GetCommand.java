// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.EventView;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One event, by its key.
@Command(name = "get")
final class GetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SESSION", description = "The session's id; it may be cut short.")
    String session = "";

    @Parameters(paramLabel = "SEQ", description = "The event's number within it.")
    String seq = "";

    @Mixin
    JsonLinesOption json = new JsonLinesOption();

    private final Desk desk;

    GetCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        long number = number();
        try (History history = History.open(desk.directory())) {
            String id = SessionArgument.whole(session, history);
            OptionalLong offset = history.offsetOf(id, number);
            if (offset.isEmpty()) {
                throw Refusal.notFound("session " + id + " has no event " + seq);
            }
            try (Replay replay = history.replay(EventFilter.ALL.from(offset.getAsLong()))) {
                Iterator<EventView> found = replay.iterator();
                if (!found.hasNext()) {
                    throw Refusal.notFound("event " + seq + " of session " + id + " is gone");
                }
                new EventJson(desk.page()).write(found.next());
            }
        }
        return Exit.FINE;
    }

    private long number() throws Refusal {
        try {
            return Long.parseUnsignedLong(seq);
        } catch (NumberFormatException _) {
            throw Refusal.usage("SEQ needs a whole number, not '" + seq + "'");
        }
    }
}
