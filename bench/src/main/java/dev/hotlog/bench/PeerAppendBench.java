// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Sync;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many events a second does one thread append, beside a peer on the same disk? (`bench/run append`)
///
/// Timed: ours as in [AppendBench]; of the peer, transactions of [AppendRule#transaction()] events, from the event to
/// the return of the last commit. Both take the same events, slice by slice in turn. Where the peer does not sync, what
/// it has left to the system is forced after its turn, untimed.
///
/// Where ours syncs by a number of events, the peer syncs each transaction; where ours syncs by time, the peer does not
/// sync. SQLite is measured beside all with `synchronous=NORMAL` too, which syncs less often than ours.
final class PeerAppendBench {
    private static final double ASKED_OF_SQLITE_GROUPS = 3;
    private static final double ASKED_OF_SQLITE = 8;
    private static final double ASKED_OF_ROCKSDB = 1.5;
    private static final double ASKED_OF_CHRONICLE = 0.8;

    private final Workload workload = new Workload();
    private final Settings settings;
    private final Peer peer;

    private PeerAppendBench(Settings settings, Peer peer) {
        this.settings = settings;
        this.peer = peer;
    }

    static List<Row> rows(Settings settings, Peer peer) throws IOException {
        PeerAppendBench bench = new PeerAppendBench(settings, peer);
        List<Row> rows = new ArrayList<>();
        for (AppendRule rule : AppendRule.BESIDE_PEERS) {
            for (Sync sync : peer.syncs()) {
                if (isMeasured(rule, peer, sync)) {
                    rows.add(bench.row(rule, sync));
                }
            }
        }
        return rows;
    }

    private static boolean isMeasured(AppendRule rule, Peer peer, Sync sync) {
        Sync like = rule.equals(AppendRule.EVERY_10_MS) ? Sync.NEVER : Sync.EACH_TRANSACTION;
        return sync == like || (peer == Peer.SQLITE && sync == Sync.NEVER);
    }

    private static Asked asked(AppendRule rule, Peer peer, Sync sync) {
        boolean syncs = sync == Sync.EACH_TRANSACTION;
        if (peer == Peer.SQLITE && syncs) {
            return Asked.ratioAtLeast(rule.equals(AppendRule.GROUP) ? ASKED_OF_SQLITE_GROUPS : ASKED_OF_SQLITE);
        } else if (peer == Peer.ROCKSDB && rule.equals(AppendRule.EVERY_128)) {
            return Asked.ratioAtLeast(ASKED_OF_ROCKSDB);
        } else if (peer == Peer.CHRONICLE) {
            return Asked.ratioAtLeast(ASKED_OF_CHRONICLE);
        }
        return Asked.NOTHING;
    }

    private Row row(AppendRule rule, Sync sync) throws IOException {
        String what = rule.what() + "; " + peer.label(sync);
        int events = rule.peerEvents(settings.events());
        Progress.say(what + ", warm-up round");
        round(rule, sync, rule.warmUpEvents(events));
        Samples ours = new Samples();
        Samples theirs = new Samples();
        for (int i = 0; i < settings.rounds(); i++) {
            Progress.round(what, i, settings.rounds());
            Round round = round(rule, sync, events);
            ours.add(events / (round.nanos / 1e9));
            theirs.add(events / (round.peerNanos / 1e9));
        }
        String note = String.format(Locale.ROOT, "%,d events a round; transactions of %d", events, rule.transaction());
        return Row.of(what, Unit.EVENTS_A_SECOND, ours, theirs, asked(rule, peer, sync), note);
    }

    private record Round(long nanos, long peerNanos) {}

    private Round round(AppendRule rule, Sync sync, int events) throws IOException {
        // What the round before has left behind is collected now, not while the clock runs.
        System.gc();
        long nanos = 0;
        long peerNanos = 0;
        try (Scratch scratch = Scratch.in(settings.folder());
                HotLog log = HotLog.open(scratch.folder().resolve("log"), rule.options());
                PeerFolder store = PeerFolder.make(settings, peer, sync)) {
            for (int from = 0; from < events; from += rule.slice()) {
                List<Event> slice = workload.events(from, Math.min(rule.slice(), events - from));
                long start = System.nanoTime();
                AppendBench.append(log, slice);
                long between = System.nanoTime();
                store.append(slice, rule.transaction());
                peerNanos += System.nanoTime() - between;
                nanos += between - start;
                if (sync == Sync.NEVER) {
                    store.force();
                }
            }
        }
        return new Round(nanos, peerNanos);
    }
}
