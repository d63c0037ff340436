// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.event.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a line tells.
///
/// @param word the payload's `type`
/// @param inner what Codex calls it
record CodexItem(Kind kind, String word, String inner) {
    private static final int ENOUGH_BYTES = 2048;
    private static final int MAX_PARTS = 1000;

    /// How texts begin that the program puts before the model in the user's name.
    private static final List<String> CONTEXT = List.of(
            "<environment_context>",
            "<user_instructions>",
            "<permissions instructions>",
            "<turn_aborted>",
            "<skill>",
            "<subagent_notification>",
            "<user_shell_command>",
            "<INSTRUCTIONS>",
            "# AGENTS.md instructions for ");

    static CodexItem of(String type, String inner, JsonSlice payload) {
        return switch (type) {
            case "session_meta" -> new CodexItem(Kind.LIFECYCLE, "session_start", inner);
            case "compacted" -> new CodexItem(Kind.LIFECYCLE, "compaction", inner);
            case "response_item" -> responseItem(inner, payload);
            case "event_msg" -> eventMessage(inner);
            default -> new CodexItem(Kind.LIFECYCLE, type, inner);
        };
    }

    private static CodexItem responseItem(String inner, JsonSlice payload) {
        if (inner.equals("message")) {
            return switch (payload.at("role").word().orElse("")) {
                case "assistant" -> new CodexItem(Kind.MESSAGE, "answer", inner);
                case "user" ->
                    promptIn(payload).isEmpty() && !hasImage(payload)
                            ? new CodexItem(Kind.LIFECYCLE, "context", inner)
                            : new CodexItem(Kind.MESSAGE, "prompt", inner);
                default -> new CodexItem(Kind.LIFECYCLE, "context", inner);
            };
        }
        if (inner.equals("reasoning")) {
            return new CodexItem(Kind.MESSAGE, "thinking", inner);
        }
        if (inner.endsWith("_call")) {
            return new CodexItem(Kind.TOOL_CALL, "tool_call", inner);
        }
        if (inner.endsWith("_output")) {
            return new CodexItem(Kind.TOOL_RESULT, "tool_result", inner);
        }
        return new CodexItem(Kind.LIFECYCLE, inner, inner);
    }

    private static CodexItem eventMessage(String inner) {
        return switch (inner) {
            case "error", "stream_error" -> new CodexItem(Kind.ERROR, "error", inner);
            case "turn_aborted" -> new CodexItem(Kind.LIFECYCLE, "interruption", inner);
            case "thread_name_updated" -> new CodexItem(Kind.LIFECYCLE, "title", inner);
            default -> new CodexItem(Kind.LIFECYCLE, inner, inner);
        };
    }

    /// The user's own words in a message; empty when it holds none.
    static String promptIn(JsonSlice payload) {
        for (JsonSlice part : parts(payload)) {
            String text = part.at("text").beginning(ENOUGH_BYTES).strip();
            if (!text.isEmpty() && CONTEXT.stream().noneMatch(text::startsWith)) {
                return text;
            }
        }
        return "";
    }

    private static boolean hasImage(JsonSlice payload) {
        return parts(payload).stream()
                .anyMatch(part -> part.at("type").word().orElse("").equals("input_image"));
    }

    private static List<JsonSlice> parts(JsonSlice payload) {
        return payload.at("content").elements(MAX_PARTS).orElse(List.of());
    }

    /// The tool of a call: the one it names, or for a tool with a kind of call of its own (`web_search_call`) that.
    Optional<String> tool(JsonSlice payload) {
        return payload.at("name")
                .word()
                .or(() -> inner.equals("function_call")
                        ? Optional.empty()
                        : Optional.of(inner.substring(0, inner.length() - "_call".length())));
    }

    Optional<String> callId(JsonSlice payload) {
        return payload.at("call_id").word().or(() -> payload.at("id").word());
    }

    String title(JsonSlice payload) {
        JsonSlice name = payload.at("thread_name");
        return (name.exists() ? name : payload.at("name")).beginning(ENOUGH_BYTES);
    }

    /// Whether the line itself says that something went wrong.
    static boolean failed(JsonSlice payload) {
        return payload.at("success").toString().equals("false")
                || payload.at("result").at("Err").exists();
    }

    /// How long a turn or a call took, where the line tells it in milliseconds or as seconds and nanoseconds.
    static OptionalLong durationMillis(JsonSlice payload) {
        OptionalLong millis = payload.at("duration_ms").number();
        OptionalLong seconds = payload.at("duration").at("secs").number();
        OptionalLong nanos = payload.at("duration").at("nanos").number();
        if (millis.isPresent() || seconds.isEmpty() || nanos.isEmpty()) {
            return millis;
        }
        return OptionalLong.of(seconds.getAsLong() * 1000 + nanos.getAsLong() / 1_000_000);
    }
}
