// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.EventText;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.event.EventView;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// One session, from beginning to end.
@Command(name = "show")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SESSION", description = "The session's id; it may be cut short.")
    String session = "";

    @Option(names = "--full", description = "Everything: all of every text, and events of hooks and the like.")
    boolean full;

    @Mixin
    JsonOption json = new JsonOption();

    private final Desk desk;

    ShowCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        DamageSeen damage = new DamageSeen(desk.talk());
        try (History history = History.open(desk.directory())) {
            String id = SessionArgument.whole(session, history);
            SessionSummary summary =
                    history.session(id).orElseThrow(() -> Refusal.notFound("session " + id + " is gone"));
            EventFilter filter = EventFilter.ALL.of(new SessionFilter(Set.of(id), Set.of(), Set.of()));
            try (Replay events = history.replay(filter).onDamage(damage)) {
                if (json.on) {
                    writeJson(summary, events);
                } else {
                    print(summary, events);
                }
            }
        }
        return damage.exitCode();
    }

    private void print(SessionSummary summary, Replay events) throws IOException {
        new SessionHead(desk).print(summary);
        Timeline timeline = new Timeline(desk, full ? Timeline.Extent.FULL : Timeline.Extent.SHORT);
        for (EventView event : events) {
            timeline.print(event);
        }
        if (timeline.passedOver() > 0) {
            desk.page().flush();
            desk.talk()
                    .tell("(" + Figures.count(timeline.passedOver(), "event")
                            + " of hooks and the like not shown: --full)");
        }
    }

    private void writeJson(SessionSummary summary, Replay events) throws IOException {
        JsonGenerator out = desk.page().json();
        out.writeStartObject();
        SessionJson.write(out, summary);
        out.writeArrayPropertyStart("timeline");
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
            Tokens.write(out, event::measure);
            out.writeEndObject();
            desk.page().spillJson();
        }
        out.writeEndArray();
        out.writeEndObject();
        desk.page().endJson();
    }
}
