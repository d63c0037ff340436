// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
            print(offset.getAsLong(), history);
        }
        return Exit.FINE;
    }

    private void print(long offset, History history) throws IOException {
        // The way there may lead over damage, which matters only when it is the event that is damaged.
        List<Damage> damage = new ArrayList<>();
        try (Replay replay = history.replay(EventFilter.ALL.from(offset)).onDamage(damage::add)) {
            Iterator<EventView> found = replay.iterator();
            EventView event = found.hasNext() ? found.next() : null;
            if (event == null || event.offset() != offset) {
                throw new LogException.Damaged(
                        damage.isEmpty()
                                ? new Damage("an event that was there has gone", "", 0, 0, offset, 1)
                                : damage.getLast());
            }
            new EventJson(desk.page()).write(event);
        }
    }

    private long number() throws Refusal {
        try {
            return Long.parseUnsignedLong(seq);
        } catch (NumberFormatException _) {
            throw Refusal.usage("SEQ needs a whole number, not '" + seq + "'");
        }
    }
}
