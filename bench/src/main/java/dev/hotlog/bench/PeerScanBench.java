// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Sync;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.util.List;

/// How many events a second does one thread read, beside a peer that reads the same fields of the same events?
/// (`bench/run scan`)
///
/// Timed: a [ViewScan]; of the peer, a scan in the order that comes easiest to it, with seq, time, one optional number
/// and the payload's length of each event. Both are in the page cache. Not timed: opening.
final class PeerScanBench {
    private static final double ASKED_OF_CHRONICLE = 0.7;
    private static final int WARM_UP_EVENTS = 500_000;
    private static final int MOST_WARM_UP_SCANS = 10;
    private static final int TRANSACTION = 10_000;

    private PeerScanBench() {}

    static List<Row> rows(Settings settings, Peer peer) throws IOException {
        String what = "scan as views; " + peer.label(Sync.NEVER);
        Progress.say(what + ", filling the store");
        try (HotLogReader reader = HotLogReader.open(StoredLog.of(settings));
                PeerFolder store = PeerFolder.make(settings, peer, Sync.NEVER)) {
            store.fill(settings.events(), TRANSACTION);
            Tally expected = new Workload().tally(settings.events());
            ViewScan ours = new ViewScan(reader, expected);
            for (long i = 0; i < MOST_WARM_UP_SCANS && i * expected.events() < WARM_UP_EVENTS; i++) {
                ours.eventsASecond();
                peerEventsASecond(store, expected);
            }
            Samples figures = new Samples();
            Samples theirs = new Samples();
            for (int i = 0; i < settings.rounds(); i++) {
                Progress.round(what, i, settings.rounds());
                System.gc();
                figures.add(ours.eventsASecond());
                theirs.add(peerEventsASecond(store, expected));
            }
            Asked asked = peer == Peer.CHRONICLE ? Asked.ratioAtLeast(ASKED_OF_CHRONICLE) : Asked.NOTHING;
            return List.of(Row.of(what, Unit.EVENTS_A_SECOND, figures, theirs, asked, ""));
        }
    }

    private static double peerEventsASecond(PeerFolder store, Tally expected) throws IOException {
        Sum sum = new Sum();
        long start = System.nanoTime();
        store.store().scan(sum::add);
        long nanos = System.nanoTime() - start;
        new Tally(sum.events, sum.digests).check("scan of a peer", expected);
        return expected.events() / (nanos / 1e9);
    }

    private static final class Sum {
        private long events;
        private long digests;

        void add(long seq, long tsMillis, long tokensOut, int payloadLengthBytes) {
            events++;
            digests += Tally.digest(seq, tsMillis, tokensOut, payloadLengthBytes);
        }
    }
}
