// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.kimi;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.event.SessionFacts;

/// Reads the state of a session of Kimi Code: what that is called and where it is at work. No event comes of it.
final class KimiStateReader extends SessionReader {
    KimiStateReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice session, PieceBuilder piece) {
        boolean byUser = session.at("isCustomTitle").isTrue();
        title(byUser ? Title.Giver.USER : Title.Giver.AGENT, session.at("title"), piece);
        piece.fact(SessionFacts.WORKSPACE, session.at("workDir").word());
    }
}
