// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.ingest.AgentSurvey;
import dev.hotlog.cli.Table.Cell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Which agents have left what, and what of it goes when.
final class AgentsCommand implements VerbCommand {
    private static final Path NOWHERE = Path.of("");

    @Nullable
    Path home;

    final JsonOption json = new JsonOption();

    private final Desk desk;

    AgentsCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.path("--home", "DIR", "Look as in that user's home.", value -> home = value);
        json.declare(options);
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (NOWHERE.equals(home)) {
            throw Refusal.usage("an empty name is no folder; '.' is the folder you are in");
        }
        if (home != null) {
            Words.checkHome(home);
        }
        List<AgentSurvey> agents = home == null
                ? AgentSurvey.of(desk.around().home(), desk.around().env())
                : AgentSurvey.of(home, Map.of());
        if (json.on) {
            write(agents);
        } else if (agents.isEmpty()) {
            desk.talk().say("no agent that Hotlog knows has left transcripts");
        } else {
            print(agents);
        }
        desk.page().flush();
        return Exit.FINE;
    }

    private void print(List<AgentSurvey> agents) throws IOException {
        Moments moments = Moments.of("yyyy-MM-dd", desk.zone());
        Table table = new Table(List.of(
                text("AGENT"),
                number("TRANSCRIPTS").keep(5),
                number("SIZE").keep(4),
                text("OLDEST").keep(3),
                text("NEWEST").keep(2),
                text("DELETED FROM"),
                text("WHERE").keep(1).bending()));
        for (AgentSurvey agent : agents) {
            table.row(
                    Cell.of(agent.agent()),
                    Cell.of(Figures.count(agent.transcripts())),
                    Cell.of(Figures.bytes(agent.bytes())),
                    Cell.of(moments.text(agent.oldestMillis())),
                    Cell.of(moments.text(agent.newestMillis())),
                    new Cell(
                            agent.keptDays().isPresent() ? moments.text(deletedFrom(agent)) : Figures.ABSENT,
                            Colour.YELLOW),
                    Cell.of(agent.places().stream().map(Path::toString).collect(Collectors.joining(", "))));
        }
        table.print(desk.page(), desk.ink(), desk.tableWidth());
    }

    /// When the agent deletes the oldest of its transcripts.
    private static long deletedFrom(AgentSurvey agent) {
        return agent.oldestMillis()
                + Duration.ofDays(agent.keptDays().orElseThrow()).toMillis();
    }

    private void write(List<AgentSurvey> agents) throws IOException {
        JsonGenerator out = desk.page().json();
        out.writeStartArray();
        for (AgentSurvey agent : agents) {
            out.writeStartObject();
            out.writeStringProperty("agent", agent.agent());
            out.writeNumberProperty("transcripts", agent.transcripts());
            out.writeNumberProperty("bytes", agent.bytes());
            out.writeNumberProperty("oldest_ms", agent.oldestMillis());
            out.writeNumberProperty("newest_ms", agent.newestMillis());
            if (agent.keptDays().isPresent()) {
                out.writeNumberProperty("deleted_from_ms", deletedFrom(agent));
            }
            out.writeArrayPropertyStart("places");
            agent.places().forEach(place -> out.writeString(place.toString()));
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        desk.page().endJson();
    }
}
