// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.EventView;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Events as JSON Lines, in log order.
@Command(
        name = "replay",
        footer = {"", "'hotlog replay | hotlog --dir OTHER append' copies a log."})
final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "OFFSET", description = "Only from that offset on.")
    long from;

    @Mixin
    EventOptions events = new EventOptions();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many.")
    long limit = Long.MAX_VALUE;

    @Mixin
    JsonLinesOption json = new JsonLinesOption();

    private final Desk desk;

    ReplayCommand(Desk desk) {
        this.desk = desk;
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
