// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Event;
import java.util.List;
import java.util.Map;

/// What one object of a transcript gives.
///
/// The seqs of its events, and of its usage, are slots that depend on the file's bytes alone: an object
/// takes as many as it could give events, whether or not it does.
///
/// @param events what the object tells, in its order
/// @param usage what it says that calls used; each Cost event has a slot of its own
/// @param facts what it tells of the session
/// @param slots how many seqs it takes
public record Piece(List<Event> events, List<Usage> usage, Map<String, String> facts, int slots) {
    public Piece {
        events = List.copyOf(events);
        usage = List.copyOf(usage);
        facts = Map.copyOf(facts);
    }
}
