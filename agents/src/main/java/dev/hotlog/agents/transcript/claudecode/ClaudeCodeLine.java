// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.event.Kind;
import java.util.OptionalLong;

/// What a line that is no message tells.
///
/// @param word the payload's `type`
/// @param durationMillis how long it took, where the line tells
record ClaudeCodeLine(Kind kind, String word, JsonSlice durationMillis) {
    static ClaudeCodeLine of(JsonSlice line, String type) {
        return switch (type) {
            case "system" -> system(line);
            case "progress" -> progress(line);
            case "attachment" -> attachment(line);
            case "custom-title", "ai-title" -> lifecycle("title");
            default -> lifecycle(type);
        };
    }

    private static ClaudeCodeLine system(JsonSlice line) {
        String subtype = line.at("subtype").word().orElse("system");
        JsonSlice duration = line.at("durationMs");
        return switch (subtype) {
            case "api_error" -> new ClaudeCodeLine(Kind.ERROR, "error", duration);
            case "compact_boundary", "microcompact_boundary" ->
                new ClaudeCodeLine(Kind.LIFECYCLE, "compaction", duration);
            case "stop_hook_summary" -> new ClaudeCodeLine(Kind.HOOK, "hook", duration);
            default -> new ClaudeCodeLine(Kind.LIFECYCLE, subtype, duration);
        };
    }

    private static ClaudeCodeLine progress(JsonSlice line) {
        String what = line.at("data").at("type").word().orElse("progress");
        return what.equals("hook_progress") ? new ClaudeCodeLine(Kind.HOOK, "hook", JsonSlice.NONE) : lifecycle(what);
    }

    private static ClaudeCodeLine attachment(JsonSlice line) {
        String what = line.at("attachment").at("type").word().orElse("");
        return what.startsWith("hook_")
                ? new ClaudeCodeLine(Kind.HOOK, "hook", line.at("attachment").at("durationMs"))
                : lifecycle("attachment");
    }

    private static ClaudeCodeLine lifecycle(String word) {
        return new ClaudeCodeLine(Kind.LIFECYCLE, word, JsonSlice.NONE);
    }

    /// When it happened, as the line tells.
    static OptionalLong time(JsonSlice line) {
        OptionalLong own = Timestamp.millis(line.at("timestamp"));
        return own.isPresent() ? own : Timestamp.millis(line.at("snapshot").at("timestamp"));
    }
}
