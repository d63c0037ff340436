// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.util.Optional;
import java.util.OptionalLong;

/// What a reader remembers of the lines before, where nothing special is to be remembered.
public final class ReaderState {
    /// The last time told, or the first that will be, or that of the file: what a line without one borrows.
    public long millis;

    /// The model that was told last; empty before the first.
    public String model = "";

    public final Title title;
    public final OpenCalls calls = new OpenCalls();

    private ReaderState(long millis, Title.Giver giver) {
        this.millis = millis;
        this.title = new Title(giver);
    }

    /// @param text what [#asText] gave for the last reader of the file; empty to begin
    public static ReaderState of(Head head, Optional<String> text) {
        return text.map(JsonSlice::of)
                .map(ReaderState::parse)
                .orElseGet(() -> new ReaderState(head.firstMillis().orElse(0), Title.Giver.NOBODY));
    }

    private static ReaderState parse(JsonSlice json) {
        ReaderState state = new ReaderState(
                json.at("millis").number().orElse(0),
                Title.Giver.values()[(int) json.at("title").number().orElse(0)]);
        state.model = json.at("model").text();
        JsonSlice calls = json.at("calls");
        calls.names().forEach(id -> state.calls.called(id, calls.at(id).text()));
        return state;
    }

    /// To be told the time of a line; a line without one is as late as the one before.
    public void at(OptionalLong told) {
        millis = told.orElse(millis);
    }

    public String asText() {
        return text().end();
    }

    /// The same, for more to be added.
    public StateText text() {
        return new StateText()
                .put("millis", millis)
                .put("model", model)
                .put("title", title.giver().ordinal())
                .put("calls", calls.asMap());
    }
}
