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

/// One event, by its key.
final class GetCommand implements VerbCommand {
    String session = "";

    String seq = "";

    final JsonLinesOption json = new JsonLinesOption();

    private final Desk desk;

    GetCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.parameter("SESSION", "The session's id; it may be cut short.", value -> session = value);
        options.parameter("SEQ", "The event's number within it.", value -> seq = value);
        json.declare(options);
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
            throw Refusal.usage("SEQ needs a whole number, 0 or more, not '" + seq + "'");
        }
    }
}
