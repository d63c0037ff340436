// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.OpenCalls;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Title;
import org.jspecify.annotations.Nullable;

/// What a reader remembers of the lines before.
final class CodexState {
    /// The last time told, or the first that will be, or that of the file: what a line without one borrows.
    long millis;

    /// The session whose history this file continues, as far back as the file tells; the session itself when it is
    /// no fork. A fork begins with a copy of its ancestors' lines, and the figures in them are the ancestor's.
    String root;

    /// The model of the turn; empty when none was told.
    String model = "";

    /// The total told last; null before the first.
    @Nullable
    TokenTotals total;

    final Title title;
    final OpenCalls calls = new OpenCalls();

    CodexState(long millis, String root) {
        this(millis, root, Title.Giver.NOBODY);
    }

    private CodexState(long millis, String root, Title.Giver giver) {
        this.millis = millis;
        this.root = root;
        this.title = new Title(giver);
    }

    String asText() {
        return new StateText()
                .put("millis", millis)
                .put("root", root)
                .put("model", model)
                .put("total", total == null ? "" : total.toString())
                .put("title", title.giver().ordinal())
                .put("calls", calls.asMap())
                .end();
    }

    static CodexState parse(String text) {
        JsonSlice json = JsonSlice.of(text);
        CodexState state = new CodexState(
                json.at("millis").number().orElse(0),
                json.at("root").text(),
                Title.Giver.values()[(int) json.at("title").number().orElse(0)]);
        state.model = json.at("model").text();
        state.total = json.at("total").word().map(TokenTotals::parse).orElse(null);
        JsonSlice calls = json.at("calls");
        calls.names().forEach(id -> state.calls.called(id, calls.at(id).text()));
        return state;
    }
}
