// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.EventText;
import dev.hotlog.agents.history.EventTime;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import java.util.Optional;

/// Knows the calls of tools and their results again that a fork or a resumed session has copied.
///
/// A copy of a call lies in another session, and keeps the tool, the id, the time and what the tool was
/// told. The id and the time alone would not do, as some number the calls of each session, and tell
/// whole seconds. A call without an id, or whose time nobody told, is no copy.
///
/// Of a call and its copies the result that is told first is none, and others are. A result whose call
/// is not known is no copy.
final class CalledBefore {
    /// So much of what it was told tells one call from another.
    private static final int TELLING_CHARS = 200;

    /// FNV-1a's, of 64 bits; and Murmur's, which lets each bit tell upon all others.
    private static final long FNV_BASIS = 0xCBF29CE484222325L;

    private static final long FNV_PRIME = 0x100000001B3L;
    private static final long MURMUR_MIX = 0xFF51AFD7ED558CCDL;

    private final CallTable calls = new CallTable();

    /// The fingerprints of calls that wait for their results.
    private final OpenCalls<Long> open = new OpenCalls<>();

    /// Takes the next event.
    ///
    /// @return whether it is a copy of one that was taken before
    boolean isCopy(EventView event) {
        if (event.kind().equals(Kind.TOOL_CALL)) {
            return isCopiedCall(event);
        }
        Optional<Long> call = event.kind().equals(Kind.TOOL_RESULT) ? open.answered(event) : Optional.empty();
        return call.isPresent() && !calls.answer(call.get());
    }

    private boolean isCopiedCall(EventView call) {
        if (call.toolCallId().isEmpty() || !call.tsExact() || !EventTime.isKnown(call.cappedMillis())) {
            return false;
        }
        long fingerprint = fingerprint(call, call.toolCallId().get());
        int session = call.sessionId().hashCode();
        open.called(call, fingerprint);
        return calls.add(fingerprint, session) != session;
    }

    private static long fingerprint(EventView call, String id) {
        long hash = hash(FNV_BASIS, call.tool().orElse(""));
        hash = hash(hash, id);
        hash = hash(
                hash, EventText.of(call.kind(), call.payload(), TELLING_CHARS).text());
        long mixed = mix(hash ^ mix(call.tsMillis()));
        return mixed == 0 ? 1 : mixed;
    }

    private static long hash(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ text.length()) * FNV_PRIME;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * MURMUR_MIX;
        return mixed ^ mixed >>> 33;
    }
}
