// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.EventView;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.Iterator;

/// Events as JSON Lines, in log order.
final class ReplayCommand implements VerbCommand {
    long from;

    final EventOptions events = new EventOptions();

    long limit = Long.MAX_VALUE;

    final JsonLinesOption json = new JsonLinesOption();

    private final Desk desk;

    ReplayCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.number("--from", "OFFSET", "Only from that offset on.", value -> from = value);
        events.declare(options);
        options.number("-n, --limit", "N", "At most so many.", value -> limit = value);
        json.declare(options);
        options.footer("'hotlog replay | hotlog --dir OTHER append' copies a log.");
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (from < 0) {
            throw Refusal.usage("--from " + from + " is no offset: they begin at 0");
        }
        if (limit < 0) {
            throw Refusal.usage("--limit " + limit + " is less than no event at all");
        }
        DamageSeen damage = new DamageSeen(desk.talk());
        EventJson out = new EventJson(desk.page());
        try (History history = History.open(desk.directory())) {
            EventFilter filter = events.filter(from, history, desk);
            try (Replay replay = history.replay(filter).onDamage(damage)) {
                Iterator<EventView> each = replay.iterator();
                for (long printed = 0; printed < limit && each.hasNext(); printed++) {
                    out.write(each.next());
                }
            }
            desk.page().flush();
            return damage.exitCode(NamesAsked.check(filter, history, desk));
        }
    }
}
