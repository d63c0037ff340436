// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/// What an agent told a hook once, in a file of the spool.
///
/// Its event belongs to the session that the agent names, beside those of the transcript, whose seqs are slots from 0
/// on. So that the two never meet, the seqs of hooks are the upper half of what 64 bits hold:
///
/// ```
/// bits  what
///    1  set
///   42  the time at which the file was written, in milliseconds since 1970 UTC
///   21  of the digest of the file's name and bytes
/// ```
///
/// The same file gives the same seq each time it is read.
///
/// @param file where it was
/// @param event of the call
/// @param facts what it tells of the session
record HookCall(Path file, Event event, Map<String, String> facts) {
    private static final int DIGEST_BITS = 21;
    private static final int MILLIS_BITS = 42;

    /// Whether a seq is one of a hook's event.
    static boolean isHooks(long seq) {
        return seq < 0;
    }

    /// @param agent that called the hook
    /// @param modifiedMillis when the file was written
    /// @throws IllegalArgumentException when it is no call of a hook
    static HookCall of(Path file, String agent, JsonSlice told, long modifiedMillis) {
        String session = SessionId.in(told.at("session_id"));
        if (session.isEmpty()) {
            throw new IllegalArgumentException("names no session");
        }
        Json payload = told.toJson();
        Event event = Event.of(session, seq(file, payload, modifiedMillis))
                .ts(modifiedMillis, false)
                .kind(Kind.HOOK)
                .source(Source.HOOK)
                .tool(told.at("tool_name").word().orElse(null))
                .toolCallId(told.at("tool_use_id").word().orElse(null))
                .payload(payload)
                .build();
        Map<String, String> facts = new HashMap<>(Map.of(SessionFacts.AGENT, agent));
        told.at("cwd").word().ifPresent(folder -> facts.put(SessionFacts.WORKSPACE, folder));
        return new HookCall(file, event, facts);
    }

    private static long seq(Path file, Json payload, long modifiedMillis) {
        MessageDigest sha = FileProof.sha256();
        sha.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        long digest = ByteBuffer.wrap(sha.digest(payload.toBytes())).getLong();
        long place = (modifiedMillis & lowest(MILLIS_BITS)) << DIGEST_BITS;
        return Long.MIN_VALUE | place | (digest & lowest(DIGEST_BITS));
    }

    private static long lowest(int bits) {
        return (1L << bits) - 1;
    }

    /// The same call under the next seq, for when another one has that.
    HookCall next() {
        Event moved = event.toBuilder()
                .key(event.sessionId(), Long.MIN_VALUE | event.seq() + 1)
                .build();
        return new HookCall(file, moved, facts);
    }
}
