// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.Replay;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a session holds already, told by what its events say and not by their seqs: for a file that was
/// written anew, or a copy that has gone its own way.
///
/// An event that has an id is known by its kind and that, whatever else is told with it now, and however
/// often. Others are known by their kind, their payload, and their time if the agent told that, and each
/// that the session holds is recognised once. What hooks told of the session is no part of it. Takes 8 bytes an event,
/// and more for those that are new.
final class KnownEvents {
    private final long[] digests;
    private final BitSet claimed;
    private long nextSeq;

    /// The events with ids that have come since.
    private final Set<Long> told = new HashSet<>();

    private KnownEvents(long[] digests, long nextSeq) {
        this.digests = digests;
        this.claimed = new BitSet(digests.length);
        this.nextSeq = nextSeq;
    }

    /// @param fromSeq events with lower seqs are not offered: they are accounted for
    static KnownEvents of(HotLogReader log, String sessionId, long fromSeq) throws LogException {
        long[] digests = new long[1024];
        int count = 0;
        long nextSeq = fromSeq;
        try (Replay replay = log.replay().session(sessionId).onDamage(_ -> {})) {
            for (EventView event : replay) {
                if (Long.compareUnsigned(event.seq(), fromSeq) < 0 || HookCall.isHooks(event.seq())) {
                    continue;
                }
                if (Long.compareUnsigned(event.seq(), nextSeq) >= 0) {
                    nextSeq = event.seq() + 1;
                }
                if (count == digests.length) {
                    digests = Arrays.copyOf(digests, count * 2);
                }
                digests[count++] = digest(
                        event.kind(),
                        event.tsExact() ? event.tsMillis() : -1,
                        event.payload(),
                        Payload.identity(event.payload()).orElse(""));
            }
        }
        long[] all = Arrays.copyOf(digests, count);
        Arrays.sort(all);
        return new KnownEvents(all, nextSeq);
    }

    /// Whether the session holds this event; true no more often than it does.
    boolean claim(Event event) {
        Optional<String> identity = Payload.identity(event.payload());
        long digest =
                digest(event.kind(), event.tsExact() ? event.tsMillis() : -1, event.payload(), identity.orElse(""));
        int at = Arrays.binarySearch(digests, digest);
        if (identity.isPresent()) {
            return at >= 0 || !told.add(digest);
        }
        if (at < 0) {
            return false;
        }
        while (at > 0 && digests[at - 1] == digest) {
            at--;
        }
        at = claimed.nextClearBit(at);
        if (at == digests.length || digests[at] != digest) {
            return false;
        }
        claimed.set(at);
        return true;
    }

    /// A seq that no event of the session has: the wanted one if all others are lower. So a file that was cut short
    /// and grows again gives what is new the seqs that its copies give it.
    long takeSeq(long wanted) {
        long seq = Math.max(nextSeq, wanted);
        nextSeq = seq + 1;
        return seq;
    }

    private static long digest(Kind kind, long millis, Json payload, String identity) {
        MessageDigest sha = FileProof.sha256();
        sha.update(kind.name().getBytes(StandardCharsets.UTF_8));
        if (!identity.isEmpty()) {
            return ByteBuffer.wrap(sha.digest(identity.getBytes(StandardCharsets.ISO_8859_1)))
                    .getLong();
        }
        sha.update(ByteBuffer.allocate(8).putLong(0, millis));
        sha.update(payload.toBytes());
        return ByteBuffer.wrap(sha.digest()).getLong();
    }
}
