// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// What an event says, as a person would want to read it, found in its payload.
///
/// Payloads are whatever agents wrote, so this looks where texts are wont to be and never fails: at worst it finds
/// nothing to say.
///
/// @param type the payload's own word for it (`prompt`, `answer`, `thinking`, `compaction`, …, of a hook the agent's
///     event), or else the kind's name
/// @param text as the agent has it, line breaks and control characters included; empty when nothing was found
/// @param foreign whether the payload is none of a transcript, but of somebody's own making; where no text is found
///     in it, the text is the payload itself
public record EventText(String type, String text, boolean foreign) {
    /// Deeper than any agent hides its words.
    private static final int MAX_DEPTH = 6;

    /// Where a text is looked for in an object, the likeliest first.
    private static final List<String> TEXTS = List.of(
            "text",
            "thinking",
            "think",
            "content",
            "message",
            "output",
            "summary",
            "result",
            "error",
            "title",
            "customTitle",
            "aiTitle",
            "thread_name",
            "reason",
            "stdout",
            "prompt",
            "query",
            "input",
            "arguments",
            "functionResponse",
            "response",
            "toolResult",
            "return_value",
            "run",
            "value",
            "description",
            "subject",
            "errorMessage");

    /// What agents call a tool's input.
    private static final List<String> INPUT_PLACES =
            List.of("input", "arguments", "args", "action", "tool_input", "parameters", "rawArgs");

    /// Where some agents put a call, beside what else they say of it.
    private static final List<String> CALLS = List.of("state", "functionCall", "toolCall", "value");

    /// What tells most of a tool's input, the likeliest first.
    private static final List<String> INPUTS = List.of(
            "command",
            "cmd",
            "file_path",
            "notebook_path",
            "pattern",
            "path",
            "query",
            "url",
            "description",
            "prompt",
            "skill",
            "code",
            "input");

    /// The text of an event.
    ///
    /// @param maxChars of the text, about so many at most
    public static EventText of(Kind kind, Json payload, int maxChars) {
        Optional<JsonText> whole = JsonText.of(payload.toBytes());
        if (whole.isEmpty()) {
            return new EventText(kind.name(), cut(payload.toString(), maxChars), true);
        }
        JsonText json = whole.get();
        String type = json.member("type")
                .or(() -> json.member("hook_event_name"))
                .map(JsonText::string)
                .filter(t -> !t.isEmpty())
                .orElse(kind.name());
        Optional<JsonText> told = TranscriptPart.of(json);
        JsonText block = told.orElse(json);
        String text = kind.equals(Kind.TOOL_CALL) ? input(block, maxChars) : find(block, maxChars, 0);
        boolean foreign = told.isEmpty();
        return new EventText(type, foreign && text.isBlank() ? source(json, maxChars) : text, foreign);
    }

    /// The payload itself, unless it says no more than its type.
    private static String source(JsonText json, int maxChars) {
        boolean says = !json.isString() && !json.isNull() && !json.isObject() && !json.isArray();
        for (JsonText.Member member : json.members()) {
            says |= !member.name().equals("type");
        }
        says |= json.elements().iterator().hasNext();
        return says ? json.source(maxChars) : "";
    }

    private static Optional<JsonText> present(JsonText object, String name) {
        return object.member(name).filter(value -> !value.isNull());
    }

    private static String find(JsonText value, int maxChars, int depth) {
        if (value.isString()) {
            return value.string(maxChars);
        }
        if (depth == MAX_DEPTH) {
            return "";
        }
        if (value.isArray()) {
            return findInAll(value, maxChars, depth);
        }
        for (String name : TEXTS) {
            Optional<JsonText> member = value.member(name);
            String text = member.isEmpty() ? "" : find(member.get(), maxChars, depth + 1);
            if (!text.isBlank()) {
                return text;
            }
        }
        boolean picture = value.member("type")
                .map(JsonText::string)
                .filter(t -> t.contains("image"))
                .isPresent();
        return picture ? "[image]" : "";
    }

    private static String findInAll(JsonText array, int maxChars, int depth) {
        StringBuilder all = new StringBuilder();
        for (JsonText element : array.elements()) {
            String text = find(element, maxChars - all.length(), depth + 1);
            if (!text.isBlank()) {
                all.append(all.isEmpty() ? "" : "\n").append(text);
            }
            if (all.length() >= maxChars) {
                break;
            }
        }
        return all.toString();
    }

    /// All that a tool was told, a line for each member of its input: `name: value`, where a text begins on that line
    /// and keeps its own breaks. Empty where the input is no object of two members or more: then [#text] tells all.
    ///
    /// @param payload of a call
    public static String wholeInput(Json payload) {
        Optional<JsonText> input = JsonText.of(payload.toBytes())
                .map(json -> TranscriptPart.of(json).orElse(json))
                .flatMap(json -> inputOf(callIn(json)))
                .map(found -> found.isString()
                        ? JsonText.of(Json.of(found.string()).toBytes()).orElse(found)
                        : found);
        StringJoiner lines = new StringJoiner("\n").setEmptyValue("");
        int members = 0;
        Iterable<JsonText.Member> told = input.isPresent() ? input.get().members() : List.of();
        for (JsonText.Member member : told) {
            JsonText value = member.value();
            lines.add(member.name() + ": " + (value.isString() ? value.string() : value.source(Integer.MAX_VALUE)));
            members++;
        }
        return members > 1 ? lines.toString() : "";
    }

    /// A tool's input in short: what it was told to run, read, or look for.
    private static String input(JsonText block, int maxChars) {
        JsonText call = callIn(block);
        return inputOf(call).map(input -> inShort(input, maxChars)).orElseGet(() -> find(call, maxChars, 0));
    }

    private static Optional<JsonText> inputOf(JsonText call) {
        return INPUT_PLACES.stream()
                .flatMap(name -> present(call, name).stream())
                .findFirst();
    }

    /// The object that has the input beside it.
    private static JsonText callIn(JsonText block) {
        return inputOf(block).isPresent()
                ? block
                : CALLS.stream()
                        .flatMap(name -> present(block, name).stream())
                        .findFirst()
                        .map(EventText::callIn)
                        .orElse(block);
    }

    private static String inShort(JsonText input, int maxChars) {
        if (input.isString()) {
            String said = input.string(maxChars);
            // Some agents write the arguments as JSON within a string.
            Optional<JsonText> within =
                    said.startsWith("{") ? JsonText.of(Json.of(said).toBytes()) : Optional.empty();
            return within.map(object -> inShort(object, maxChars)).orElse(said);
        }
        for (String name : INPUTS) {
            Optional<JsonText> member = input.member(name);
            String text = member.map(value -> words(value, maxChars)).orElse("");
            if (!text.isBlank()) {
                String where = name.equals("pattern")
                        ? input.member("path")
                                .map(path -> path.string(maxChars))
                                .orElse("")
                        : "";
                return where.isBlank() ? text : text + " in " + where;
            }
        }
        return input.source(maxChars);
    }

    /// A string, or a command given word by word; for `bash -lc SCRIPT` the script alone.
    private static String words(JsonText value, int maxChars) {
        if (!value.isArray()) {
            return value.string(maxChars);
        }
        StringBuilder command = new StringBuilder();
        for (JsonText word : value.elements()) {
            String said = word.string(maxChars);
            if (said.equals("-lc") || said.equals("-c")) {
                command.setLength(0);
            } else if (command.length() < maxChars) {
                command.append(command.isEmpty() ? "" : " ").append(said);
            }
        }
        return command.toString();
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }
}
