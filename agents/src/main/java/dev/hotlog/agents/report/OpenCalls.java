// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.event.EventView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is kept of calls of tools until their results come.
final class OpenCalls<T> {
    /// Calls that nobody ever answers must not pile up.
    private static final int MOST = 100_000;

    private final Map<Call, T> open = new LinkedHashMap<>();

    /// What a call and its result have in common.
    private record Call(String session, String id) {
        static Optional<Call> of(EventView event) {
            return event.toolCallId().map(id -> new Call(event.sessionId(), id));
        }
    }

    /// A call without an id is not kept: no result tells that it is its own.
    void called(EventView call, T kept) {
        Call.of(call).ifPresent(key -> open.put(key, kept));
        if (open.size() > MOST) {
            open.remove(open.keySet().iterator().next());
        }
    }

    /// Whether the call waits whose result this is.
    boolean isOpen(EventView result) {
        return Call.of(result).filter(open::containsKey).isPresent();
    }

    /// What was kept of the call whose result this is, if that is known; it is forgotten then.
    Optional<T> answered(EventView result) {
        return Call.of(result).flatMap(call -> Optional.ofNullable(open.remove(call)));
    }
}
