// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.util.List;

/// What a line says that a call to a model used. Agents say it more than once, in one file and in copies of
/// it; the one who imports counts it once.
public sealed interface Usage {
    /// The measures that hold each token in exactly one of them.
    List<Measure> COUNTED =
            List.of(Measure.TOKENS_IN, Measure.TOKENS_OUT, Measure.CACHE_CREATION_TOKENS, Measure.CACHE_READ_TOKENS);

    /// The Cost event as it would be if nothing of it had been counted yet.
    Event cost();

    /// The figures of one message, which grow from line to line: each counts for what it adds to the
    /// greatest so far.
    ///
    /// @param message the provider's id of the message
    /// @param request the provider's id of the request; empty when none is told
    /// @param sidechain whether the line is of a side conversation, which may replay a message under another
    ///     request
    record Growing(String message, String request, boolean sidechain, Event cost) implements Usage {}

    /// Figures that are exact the first time they are seen; whoever tells them again tells nothing new.
    ///
    /// @param key what tells these figures from all others, in every file of the agent
    record Once(String key, Event cost) implements Usage {}
}
