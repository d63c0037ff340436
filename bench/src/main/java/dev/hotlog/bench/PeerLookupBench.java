// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.KeyedStore;
import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Sync;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.util.List;

/// How long does it take to find the event of a session and seq, beside a peer? (`bench/run lookup`)
///
/// Timed as in [LookupBench], the same keys for both: [HotLogReader#offsetOf(String, long)] beside
/// [KeyedStore#millisOf(String, long)], which find an event and read one field of it, ours with its checksum; and
/// [HotLogReader#get(String, long)] beside [KeyedStore#get(String, long)], which copy it.
final class PeerLookupBench {
    private static final double BEATS = 1;
    /// A batch, a thousand lookups, for so many events.
    private static final int EVENTS_A_BATCH = 20_000;
    private static final int LEAST_BATCHES = 5;
    private static final int MOST_BATCHES = 50;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int CHECKED = 5_000;
    private static final int TRANSACTION = 10_000;

    private final HotLogReader reader;
    private final KeyedStore store;
    private final RandomLookups lookups;

    private PeerLookupBench(HotLogReader reader, KeyedStore store, int events) {
        this.reader = reader;
        this.store = store;
        int batches = Math.clamp(events / EVENTS_A_BATCH, LEAST_BATCHES, MOST_BATCHES);
        this.lookups = new RandomLookups(new Workload(), events, batches);
    }

    static List<Row> rows(Settings settings, Peer peer) throws IOException {
        Progress.say("lookup; " + peer.label(Sync.NEVER) + ", filling the store");
        try (HotLogReader reader = HotLogReader.open(StoredLog.of(settings));
                PeerFolder folder = PeerFolder.make(settings, peer, Sync.NEVER)) {
            folder.fill(settings.events(), TRANSACTION);
            if (!(folder.store() instanceof KeyedStore keyed)) {
                throw new IllegalArgumentException(peer + " finds nothing by its key");
            }
            check(keyed);
            return new PeerLookupBench(reader, keyed, settings.events()).measure(settings.rounds(), peer);
        }
    }

    /// That the peer keeps all there is of an event, and nothing else.
    private static void check(KeyedStore store) throws IOException {
        for (Event event : new Workload().events(0, CHECKED)) {
            Event found = store.get(event.sessionId(), event.seq());
            if (!found.equals(event)) {
                throw new IllegalStateException("a peer gave " + found + " for " + event);
            }
        }
    }

    private List<Row> measure(int rounds, Peer peer) throws IOException {
        String what = "lookup; " + peer.label(Sync.NEVER);
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            Progress.round(what + ", warm-up", i, WARM_UP_ROUNDS);
            lookups.batches(this::offset);
            lookups.batches(this::peerTime);
            lookups.batches(this::event);
            lookups.batches(this::peerEvent);
        }
        Samples offsets = new Samples();
        Samples peerTimes = new Samples();
        Samples events = new Samples();
        Samples peerEvents = new Samples();
        for (int i = 0; i < rounds; i++) {
            Progress.round(what, i, rounds);
            System.gc();
            offsets.add(lookups.batches(this::offset));
            peerTimes.add(lookups.batches(this::peerTime));
            events.add(lookups.batches(this::event));
            peerEvents.add(lookups.batches(this::peerEvent));
        }
        Asked asked = peer == Peer.LMDB ? Asked.ratioAtMost(BEATS) : Asked.NOTHING;
        return List.of(
                Row.of("lookup, one field; " + peer.label(Sync.NEVER), Unit.NANOS, offsets, peerTimes, asked, ""),
                Row.of("lookup, event; " + peer.label(Sync.NEVER), Unit.NANOS, events, peerEvents, asked, ""));
    }

    private long offset(String sessionId, long seq, int number) throws IOException {
        return reader.offsetOf(sessionId, seq).orElseThrow();
    }

    private long peerTime(String sessionId, long seq, int number) throws IOException {
        return Workload.numberAt(store.millisOf(sessionId, seq));
    }

    private long event(String sessionId, long seq, int number) throws IOException {
        return Workload.numberAt(reader.get(sessionId, seq).orElseThrow().tsMillis());
    }

    private long peerEvent(String sessionId, long seq, int number) throws IOException {
        return Workload.numberAt(store.get(sessionId, seq).tsMillis());
    }
}
