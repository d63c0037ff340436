// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.OpenCalls;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Title;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What a reader remembers of the lines before.
final class ClaudeCodeState {
    private static final int MAX_SUMMARIES = 16;

    private static final int MAX_UUID_CHARS = 64;

    /// The last time told, or the first that will be, or that of the file: what a line without one borrows.
    long millis;

    final Title title;
    final OpenCalls calls = new OpenCalls();

    /// A file may begin with summaries of other sessions. Each names the line it was written after; it is this
    /// session's when that line comes along. By the line's uuid, the latest few.
    private final LinkedHashMap<String, String> summaries = new LinkedHashMap<>();

    private String lastUuid = "";

    ClaudeCodeState(long millis) {
        this(millis, Title.Giver.NOBODY);
    }

    private ClaudeCodeState(long millis, Title.Giver giver) {
        this.millis = millis;
        this.title = new Title(giver);
    }

    /// A summary was met; its text when it is known already to be this session's.
    Optional<String> summary(String leafUuid, String summary) {
        if (leafUuid.equals(lastUuid)) {
            return Optional.of(summary);
        }
        if (leafUuid.length() > MAX_UUID_CHARS) {
            return Optional.empty();
        }
        summaries.putLast(leafUuid, summary);
        if (summaries.size() > MAX_SUMMARIES) {
            summaries.pollFirstEntry();
        }
        return Optional.empty();
    }

    /// A line was met; the summary that was waiting for it.
    Optional<String> line(String uuid) {
        lastUuid = uuid.length() > MAX_UUID_CHARS ? "" : uuid;
        return Optional.ofNullable(summaries.remove(uuid));
    }

    String asText() {
        return new StateText()
                .put("millis", millis)
                .put("title", title.giver().ordinal())
                .put("uuid", lastUuid)
                .put("calls", calls.asMap())
                .put("summaries", summaries)
                .end();
    }

    static ClaudeCodeState parse(String text) {
        JsonSlice json = JsonSlice.of(text);
        ClaudeCodeState state = new ClaudeCodeState(
                json.at("millis").number().orElse(0),
                Title.Giver.values()[(int) json.at("title").number().orElse(0)]);
        state.lastUuid = json.at("uuid").text();
        JsonSlice calls = json.at("calls");
        calls.names().forEach(id -> state.calls.called(id, calls.at(id).text()));
        JsonSlice summaries = json.at("summaries");
        summaries
                .names()
                .forEach(id -> state.summaries.putLast(id, summaries.at(id).text()));
        return state;
    }
}
