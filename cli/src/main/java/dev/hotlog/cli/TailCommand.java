// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.Replay;
import dev.hotlog.log.Tail;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// The last events and, when told to follow, those to come.
final class TailCommand implements VerbCommand {
    private static final Duration BREATH = Duration.ofSeconds(1);

    long last = 10;

    boolean follow;

    final EventOptions events = new EventOptions();

    final JsonOption json = new JsonOption();

    private final Desk desk;

    TailCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.number("-n", "N", "So many of the last ones (" + last + ").", value -> last = value);
        options.flag("-f, --follow", "Stay, and print events as they come.", () -> follow = true);
        events.declare(options);
        json.declare(options);
        options.footer("On a terminal an event is a line to read; elsewhere, and with --json, it is a line of JSON.");
    }

    @Override
    public Integer call() throws IOException, Refusal, InterruptedException {
        if (last < 0) {
            throw Refusal.usage("-n " + last + " is less than no event at all");
        }
        DamageSeen damage = new DamageSeen(desk.talk());
        EventPrinter out = json.on || !desk.onTerminal() ? new EventJson(desk.page())::write : new EventBrief(desk);
        try (History history = History.open(desk.directory())) {
            EventFilter filter = events.filter(0, history, desk);
            long end = history.nextOffset();
            printLast(history, filter, end, out, damage);
            desk.page().flush();
            int names = NamesAsked.check(filter, history, desk);
            if (follow) {
                follow(history, filter, end, out, damage);
            }
            return damage.exitCode(names);
        }
    }

    /// Looks back over so many offsets as may do, and twice as many for as long as they do not, so that nothing has
    /// to be kept.
    private void printLast(History history, EventFilter filter, long end, EventPrinter out, DamageSeen damage)
            throws IOException {
        long reach = Math.min(end, last);
        long from = end;
        long found = 0;
        while (found < last && from > history.firstOffset()) {
            from = Math.max(history.firstOffset(), end - reach);
            found = count(history, filter.from(from), end);
            reach = Math.min(end, 4 * reach);
        }
        long skip = found - last;
        try (Replay replay = history.replay(filter.from(from)).onDamage(damage)) {
            for (Iterator<EventView> each = replay.iterator(); each.hasNext(); skip--) {
                EventView event = each.next();
                if (event.offset() >= end) {
                    break;
                }
                if (skip <= 0) {
                    out.print(event);
                }
            }
        }
    }

    private static long count(History history, EventFilter filter, long end) throws IOException {
        long found = 0;
        try (Replay replay = history.replay(filter).onDamage(_ -> {})) {
            for (Iterator<EventView> each = replay.iterator();
                    each.hasNext() && each.next().offset() < end; ) {
                found++;
            }
        }
        return found;
    }

    private void follow(History history, EventFilter filter, long from, EventPrinter out, DamageSeen damage)
            throws IOException, InterruptedException {
        Predicate<EventView> wanted = history.test(filter);
        BooleanSupplier heard = desk.around().hearing().get();
        long asked = System.nanoTime();
        try (Tail tail = history.tail(from)) {
            while (true) {
                // By the clock: a busy log may go on and on without an event that is wanted.
                if (System.nanoTime() - asked >= BREATH.toNanos()) {
                    desk.page().flush();
                    if (!heard.getAsBoolean()) {
                        return;
                    }
                    asked = System.nanoTime();
                }
                try {
                    if (!tail.next(Duration.ZERO)) {
                        desk.page().flush();
                        if (!tail.next(BREATH)) {
                            continue;
                        }
                    }
                    if (wanted.test(tail.event())) {
                        out.print(tail.event());
                    }
                } catch (LogException.Damaged e) {
                    damage.accept(e.damage());
                }
            }
        }
    }
}
