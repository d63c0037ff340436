// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.hooks.ClaudeCodeSettings;
import dev.hotlog.agents.hooks.HookCommand;
import dev.hotlog.agents.hooks.UnfitSettings;
import dev.hotlog.agents.ingest.Spool;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.cli.Table.Cell;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// An agent's hooks: whether they tell Hotlog what it does, and whether they shall.
final class HooksCommand implements VerbCommand {
    private static final Set<String> CLAUDE_CODE = Set.of("claude", ClaudeCode.AGENT);

    String action = "status";

    String agent = "";

    final JsonOption json = new JsonOption();

    private final Desk desk;

    HooksCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.optionalParameter("status|install|uninstall", "What to do (" + action + ").", value -> action = value);
        options.optionalParameter("AGENT", "Whose hooks: claude.", value -> agent = value);
        json.declare(options);
        options.footer("""
                  hotlog hooks                      tells whether they are installed
                  hotlog hooks install claude       adds them to Claude Code's settings.json
                  hotlog hooks uninstall claude     takes them out again, and nothing else

                A hook is a line of shell that puts what the agent tells into a file, in a few milliseconds; no Java
                starts. 'hotlog watch' takes that in at once, 'hotlog import' when it runs next. What the settings were
                before is kept beside them.""");
    }

    @Override
    public Integer call() throws IOException, Refusal {
        ClaudeCodeSettings settings =
                ClaudeCodeSettings.of(desk.around().home(), desk.around().env());
        Spool spool = Spool.of(desk.directory());
        String command = HookCommand.of(ClaudeCode.AGENT, spool);
        try {
            switch (action) {
                case "status" -> status(settings, spool, command);
                case "install" -> {
                    checkAgent();
                    spool.make();
                    told(settings.install(command), "installed in " + settings.file(), "installed already");
                }
                case "uninstall" -> {
                    checkAgent();
                    told(settings.uninstall(), "taken out of " + settings.file(), "there were none");
                }
                default -> throw Refusal.usage("'" + action + "' is none of status, install, uninstall");
            }
        } catch (UnfitSettings e) {
            throw Refusal.no(settings.file() + ": " + e.getMessage() + "; nothing was changed");
        }
        return Exit.FINE;
    }

    private void checkAgent() throws Refusal {
        if (agent.isEmpty()) {
            throw Refusal.usage("whose hooks? '" + desk.command() + " hooks " + action + " claude' are Claude Code's");
        }
        if (!CLAUDE_CODE.contains(agent)) {
            throw Refusal.usage("hooks are known of claude alone, not of '" + agent + "'");
        }
    }

    private void told(ClaudeCodeSettings.Change change, String done, String nothing) {
        desk.talk().say("hooks of Claude Code: " + (change.changed() ? done : nothing));
        change.backup().ifPresent(backup -> desk.talk().say("what it was before is in " + backup));
    }

    private void status(ClaudeCodeSettings settings, Spool spool, String command) throws IOException, UnfitSettings {
        int installed = settings.installed(command);
        if (json.on) {
            JsonGenerator out = desk.page().json();
            out.writeStartArray();
            out.writeStartObject();
            out.writeStringProperty("agent", ClaudeCode.AGENT);
            out.writeStringProperty("settings", settings.file().toString());
            out.writeNumberProperty("installed", installed);
            out.writeNumberProperty("events", ClaudeCodeSettings.events());
            out.writeStringProperty("spool", spool.folder().toString());
            out.writeNumberProperty("waiting", spool.waiting());
            out.writeEndObject();
            out.writeEndArray();
            desk.page().endJson();
        } else {
            Table table = new Table(List.of(
                    text("AGENT"),
                    text("HOOKS"),
                    number("WAITING"),
                    text("SETTINGS").keep(1).bending()));
            table.row(
                    Cell.of(ClaudeCode.AGENT),
                    Cell.of(installed == 0 ? "none" : installed + " of " + ClaudeCodeSettings.events()),
                    Cell.of(Figures.count(spool.waiting())),
                    Cell.of(settings.file().toString()));
            table.print(desk.page(), desk.ink(), desk.tableWidth());
        }
        desk.page().flush();
    }
}
