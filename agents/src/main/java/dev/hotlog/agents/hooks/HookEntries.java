// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Our entries among the hooks of Claude Code's settings, which look like this:
///
/// ```
/// {"hooks": {"PreToolUse": [{"matcher": "*", "hooks": [{"type": "command", "command": "…", "timeout": 10}]}]}}
/// ```
///
/// Whatever else is there stays as it is, and where it is.
final class HookEntries {
    /// The events of Claude Code that tell something of the work.
    static final List<String> EVENTS = List.of(
            "SessionStart",
            "UserPromptSubmit",
            "PreToolUse",
            "PostToolUse",
            "Notification",
            "PreCompact",
            "SubagentStop",
            "Stop",
            "SessionEnd");

    private static final String HOOKS = "hooks";
    private static final String COMMAND = "command";
    /// Of these events an entry may be for some tools alone; `*` is all.
    private static final List<String> OF_TOOLS = List.of("PreToolUse", "PostToolUse");

    /// It takes milliseconds. If ever it does not, the agent waits no longer than that.
    private static final int TIMEOUT_SECONDS = 10;

    private final ObjectNode settings;

    HookEntries(ObjectNode settings) {
        this.settings = settings;
    }

    /// In how many events that command has an entry.
    int count(String command) throws UnfitSettings {
        int count = 0;
        for (String event : EVENTS) {
            count += ours(event).equals(List.of(command)) ? 1 : 0;
        }
        return count;
    }

    /// Has each event run that command, once.
    void add(String command) throws UnfitSettings {
        for (String event : EVENTS) {
            if (!ours(event).equals(List.of(command))) {
                remove(event);
                ObjectNode group = groups(event).addObject();
                if (OF_TOOLS.contains(event)) {
                    group.put("matcher", "*");
                }
                group.putArray(HOOKS)
                        .addObject()
                        .put("type", COMMAND)
                        .put(COMMAND, command)
                        .put("timeout", TIMEOUT_SECONDS);
            }
        }
    }

    /// Takes our entries out, and what is empty then.
    void remove() throws UnfitSettings {
        if (!settings.has(HOOKS)) {
            return;
        }
        ObjectNode events = events();
        for (String event : List.copyOf(events.propertyNames())) {
            remove(event);
        }
        if (events.isEmpty()) {
            settings.remove(HOOKS);
        }
    }

    private void remove(String event) throws UnfitSettings {
        if (ours(event).isEmpty()) {
            return;
        }
        ArrayNode groups = groups(event);
        for (int at = groups.size() - 1; at >= 0; at--) {
            if (groups.get(at).path(HOOKS) instanceof ArrayNode entries
                    && entries.valueStream().anyMatch(HookEntries::isOurs)) {
                entries.removeIf(HookEntries::isOurs);
                if (entries.isEmpty()) {
                    groups.remove(at);
                }
            }
        }
        if (groups.isEmpty()) {
            events().remove(event);
        }
    }

    /// Our commands in an event.
    private List<String> ours(String event) throws UnfitSettings {
        List<String> commands = new ArrayList<>();
        if (settings.has(HOOKS) && events().has(event)) {
            for (JsonNode group : groups(event)) {
                group.path(HOOKS)
                        .valueStream()
                        .filter(HookEntries::isOurs)
                        .forEach(entry -> commands.add(entry.path(COMMAND).stringValue()));
            }
        }
        return commands;
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path(COMMAND).isString()
                && HookCommand.isOurs(entry.path(COMMAND).stringValue());
    }

    private ObjectNode events() throws UnfitSettings {
        JsonNode events = settings.has(HOOKS) ? settings.path(HOOKS) : settings.putObject(HOOKS);
        if (events instanceof ObjectNode object) {
            return object;
        }
        throw new UnfitSettings("its hooks are no JSON object");
    }

    private ArrayNode groups(String event) throws UnfitSettings {
        ObjectNode events = events();
        JsonNode groups = events.has(event) ? events.path(event) : events.putArray(event);
        if (groups instanceof ArrayNode array) {
            return array;
        }
        throw new UnfitSettings("its hooks of " + event + " are no JSON array");
    }
}
