// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventText;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.CallTimes;
import dev.hotlog.event.EventView;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// One session, from beginning to end.
final class ShowCommand implements VerbCommand {
    String session = "";

    boolean full;

    final PriceOptions prices = new PriceOptions();

    final JsonOption json = new JsonOption();

    private final Desk desk;

    ShowCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.parameter("SESSION", "The session's id; it may be cut short.", value -> session = value);
        options.flag("--full", "Everything: all of every text, and events of hooks and the like.", () -> full = true);
        prices.declare(options);
        json.declare(options);
    }

    @Override
    public Integer call() throws IOException, Refusal {
        DamageSeen damage = new DamageSeen(desk.talk());
        try (History history = History.open(desk.directory())) {
            PriceTable table = prices.table(desk);
            String id = SessionArgument.whole(session, history);
            SessionSummary summary =
                    history.session(id).orElseThrow(() -> Refusal.notFound("session " + id + " is gone"));
            if (json.on) {
                SessionStory story = SessionStory.alone(desk, history, summary, table, damage);
                try (Replay events = story.events(summary)) {
                    writeJson(summary, story.cost(), events, table);
                }
            } else {
                print(summary, SessionStory.whole(desk, history, summary, table, damage));
            }
        }
        return damage.exitCode();
    }

    private void print(SessionSummary summary, SessionStory story) throws IOException {
        new SessionHead(desk).print(summary, story);
        story.print(full ? Timeline.Extent.FULL : Timeline.Extent.SHORT);
        if (story.passedOver() > 0) {
            desk.page().flush();
            desk.talk()
                    .tell("(" + Figures.count(story.passedOver(), "event")
                            + " of hooks and the like not shown: --full)");
        }
    }

    private void writeJson(SessionSummary summary, Cost cost, Replay events, PriceTable table) throws IOException {
        JsonGenerator out = desk.page().json();
        out.writeStartObject();
        JsonRows.members(out, new SessionListing(_ -> cost).forPrograms(List.of(summary)), summary);
        out.writeArrayPropertyStart("timeline");
        CallTimes times = new CallTimes();
        for (EventView event : events) {
            EventText said = EventText.of(event.kind(), event.payload(), Integer.MAX_VALUE);
            out.writeStartObject();
            out.writeNumberProperty("offset", event.offset());
            Unsigned.write(out, "seq", event.seq());
            Unsigned.write(out, "ts_ms", event.tsMillis());
            out.writeStringProperty("kind", event.kind().name());
            out.writeStringProperty("type", said.type());
            event.tool().ifPresent(tool -> out.writeStringProperty("tool", tool));
            event.model().ifPresent(model -> out.writeStringProperty("model", model));
            if (!said.text().isEmpty()) {
                out.writeStringProperty("text", said.text());
            }
            times.next(event).ifPresent(millis -> out.writeNumberProperty("took_ms", millis));
            Money.writeOfEvent(out, event::measure, table.cost(History.cell(event)));
            out.writeEndObject();
            desk.page().spillJson();
        }
        out.writeEndArray();
        out.writeEndObject();
        desk.page().endJson();
    }
}
