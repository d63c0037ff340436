// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.copilot;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a reader remembers of the lines before.
final class CopilotState {
    private static final int MAX_MODELS = 32;

    final ReaderState common;

    /// What messages have told of output, model by model, since the last line that told all of it.
    private final Map<String, Long> output = new LinkedHashMap<>();

    /// The message that was told last, and its output: a message in parts tells it with each of them.
    private String lastMessage = "";

    private long lastOutput;

    CopilotState(Head head, Optional<String> text) {
        common = ReaderState.of(head, text);
        JsonSlice json = text.map(JsonSlice::of).orElse(JsonSlice.NONE);
        lastMessage = json.at("message").text();
        lastOutput = json.at("output").number().orElse(0);
        JsonSlice told = json.at("told");
        told.names()
                .forEach(
                        model -> output.put(model, Long.parseLong(told.at(model).text())));
    }

    /// A message told its output.
    ///
    /// @return what that is more than its parts before have told
    long told(String model, String message, long tokens) {
        long before = !message.isEmpty() && message.equals(lastMessage) ? lastOutput : 0;
        long more = Math.max(0, tokens - before);
        lastMessage = message;
        lastOutput = before + more;
        if (output.containsKey(model) || output.size() < MAX_MODELS) {
            output.merge(model, more, Long::sum);
        }
        return more;
    }

    /// All the output of a model is told at the end; what messages have not told of it.
    long untold(String model, long tokens) {
        long told = output.getOrDefault(model, 0L);
        output.remove(model);
        return Math.max(0, tokens - told);
    }

    /// What is told from now on is of another run.
    void ended() {
        output.clear();
        lastMessage = "";
        lastOutput = 0;
    }

    String asText() {
        Map<String, String> told = new LinkedHashMap<>();
        output.forEach((model, tokens) -> told.put(model, Long.toString(tokens)));
        return common.text()
                .put("message", lastMessage)
                .put("output", lastOutput)
                .put("told", told)
                .end();
    }
}
