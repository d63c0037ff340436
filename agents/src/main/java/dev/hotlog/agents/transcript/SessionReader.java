// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.SessionFacts;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the readers of all agents do alike: carry the time, the model and the title from object to object.
public abstract class SessionReader implements TranscriptReader {
    /// Nothing behind so much of a text matters to a title, or to what sort of text it is.
    protected static final int ENOUGH_BYTES = 2048;

    /// A value with more parts than any agent writes is kept whole.
    protected static final int MAX_PARTS = 10_000;

    protected final String sessionId;
    protected final ReaderState state;
    private final Transcript transcript;
    private final Transcript.Identity identity;

    /// @param transcript whose lines these are
    /// @param identity of the session that they tell
    protected SessionReader(Transcript transcript, Transcript.Identity identity, ReaderState state) {
        this.transcript = transcript;
        this.identity = identity;
        this.sessionId = identity.sessionId();
        this.state = state;
    }

    @Override
    public final void titled() {
        state.title.known();
    }

    @Override
    public final Piece read(JsonSlice object, long seq) {
        OptionalLong told = timeOf(object);
        state.at(told);
        PieceBuilder piece = new PieceBuilder(sessionId, seq, state.millis, told.isPresent());
        piece.fact(SessionFacts.AGENT, Optional.of(transcript.agent()));
        piece.fact(SessionFacts.PARENT, Optional.of(identity.parent()));
        take(object, piece);
        return piece.build();
    }

    /// When it happened, in milliseconds since 1970 UTC, as told by the object itself.
    protected OptionalLong timeOf(JsonSlice object) {
        return transcript.timeOf(object);
    }

    /// Adds to the piece what the object gives.
    protected abstract void take(JsonSlice object, PieceBuilder piece);

    /// The model that was told last; null before the first.
    protected final @Nullable String model() {
        return state.model.isEmpty() ? null : state.model;
    }

    /// A model is told; it is that of what follows.
    protected final void model(JsonSlice name, PieceBuilder piece) {
        state.model = name.word().orElse(state.model);
        piece.fact(SessionFacts.MODEL, name.word());
    }

    /// What the session may be called is told.
    protected final void title(Title.Giver giver, JsonSlice text, PieceBuilder piece) {
        title(giver, text.beginning(ENOUGH_BYTES), piece);
    }

    protected final void title(Title.Giver giver, String text, PieceBuilder piece) {
        piece.fact(SessionFacts.TITLE, state.title.offered(giver, text));
    }

    @Override
    public String state() {
        return state.asText();
    }
}
