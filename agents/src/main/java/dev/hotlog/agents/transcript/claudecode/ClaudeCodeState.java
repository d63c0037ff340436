// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What a reader remembers of the lines before.
final class ClaudeCodeState {
    private static final int MAX_SUMMARIES = 16;

    private static final int MAX_UUID_CHARS = 64;

    final ReaderState common;

    /// A file may begin with summaries of other sessions. Each names the line it was written after; it is this
    /// session's when that line comes along. By the line's uuid, the latest few.
    private final LinkedHashMap<String, String> summaries = new LinkedHashMap<>();

    private String lastUuid;

    /// @param text what [#asText] gave for the last reader of the file; empty to begin
    ClaudeCodeState(Head head, Optional<String> text) {
        JsonSlice json = text.map(JsonSlice::of).orElse(JsonSlice.NONE);
        common = ReaderState.of(head, text);
        lastUuid = json.at("uuid").text();
        JsonSlice waiting = json.at("summaries");
        waiting.names().forEach(id -> summaries.putLast(id, waiting.at(id).text()));
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
        return common.text().put("uuid", lastUuid).put("summaries", summaries).end();
    }
}
