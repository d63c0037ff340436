// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Sync;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// How many bytes does an event take on disk, and how many does the disk write for it? (`bench/run size`)
///
/// Nothing is timed, so each is measured once. On disk: the whole log by [DiskSpace#bytes(Path)] with all its events
/// appended and synced, the writer still open; beside it the bytes of the events' own fields and texts, or the peer
/// after as many events in transactions of 128, still open. Written: what the disk has written until all is there
/// by the group rule, space filled ahead included, and what others write meanwhile; beside it the bytes of the
/// frames, or the peer with transactions of as many events as a group.
final class SizeBench {
    private static final double ASKED_OF_CONTENT = 1.1;
    private static final double ASKED_OF_APPENDED = 1.2;
    private static final int SLICE = 10_000;
    /// Seq, time, kind and source.
    private static final long FIXED_BYTES = 18;
    private static final String ON_DISK = "bytes on disk, an event";
    private static final String WRITTEN = "bytes written, an event";

    private final Workload workload = new Workload();
    private final Settings settings;

    private SizeBench(Settings settings) {
        this.settings = settings;
    }

    private record Sizes(long onDisk, OptionalLong written, long frames) {}

    static List<Row> rows(Settings settings) throws IOException {
        SizeBench bench = new SizeBench(settings);
        int events = settings.events();
        Progress.say("size");
        Sizes all = bench.ours(events, AppendRule.EVERY_128);
        Sizes groups = bench.ours(events, AppendRule.GROUP);
        List<Row> rows = new ArrayList<>();
        String fields = "unsealed, with its index; beside the event's own fields and texts: 8 bytes for seq, time and"
                + " cost each, 4 for any other number, one for kind and source each, and the texts' UTF-8";
        rows.add(row(ON_DISK, all.onDisk, bench.contentBytes(), events, Asked.ratioAtMost(ASKED_OF_CONTENT), fields));
        if (groups.written.isEmpty()) {
            rows.add(Row.skipped(WRITTEN, "this system does not count what its disk writes"));
        } else {
            String note = "what the disk wrote, by /proc/diskstats, the group rule; beside the bytes of the frames";
            rows.add(row(
                    WRITTEN,
                    groups.written.getAsLong(),
                    groups.frames,
                    events,
                    Asked.ratioAtMost(ASKED_OF_APPENDED),
                    note));
            rows.add(row(
                    WRITTEN + "; raw likewise",
                    groups.written.getAsLong(),
                    bench.rawWritten(events).orElseThrow(),
                    events,
                    Asked.NOTHING,
                    "beside what the disk wrote for the same groups of frames and for zeros in their space before"));
        }
        return rows;
    }

    /// What the disk writes for the same frames in the same groups, and for their space.
    private OptionalLong rawWritten(int events) throws IOException {
        AppendRule rule = AppendRule.GROUP;
        try (Scratch scratch = Scratch.in(settings.folder())) {
            Path written = scratch.folder().resolve("log");
            try (HotLog log = HotLog.open(written, StoredLog.RARE_SYNCS)) {
                for (int from = 0; from < events; from += SLICE) {
                    AppendBench.append(log, workload.events(from, Math.min(SLICE, events - from)));
                }
            }
            List<FrameRun> frames = FrameSource.all(written);
            OptionalLong before = DiskSpace.written(scratch.folder());
            try (RawBaseline raw = new RawBaseline(scratch.folder().resolve("raw"), SyncPlan.of(rule.options()))) {
                raw.write(frames);
            }
            return since(before, scratch.folder());
        }
    }

    static List<Row> rowsBeside(Settings settings, Peer peer) throws IOException {
        SizeBench bench = new SizeBench(settings);
        int events = settings.events();
        List<Row> rows = new ArrayList<>();
        Progress.say("size; " + peer.label(Sync.NEVER));
        Sizes ours = bench.ours(events, AppendRule.EVERY_128);
        Sizes theirs = bench.theirs(peer, events, AppendRule.EVERY_128, Sync.NEVER);
        rows.add(row(ON_DISK + "; " + peer.label(Sync.NEVER), ours.onDisk, theirs.onDisk, events, Asked.NOTHING, ""));
        if (peer.syncs().contains(Sync.EACH_TRANSACTION)) {
            Sizes ourGroups = bench.ours(grouped(events), AppendRule.GROUP);
            Sizes theirGroups = bench.theirs(peer, grouped(events), AppendRule.GROUP, Sync.EACH_TRANSACTION);
            if (theirGroups.written.isPresent()) {
                rows.add(row(
                        WRITTEN + "; " + peer.label(Sync.EACH_TRANSACTION),
                        ourGroups.written.orElseThrow(),
                        theirGroups.written.getAsLong(),
                        grouped(events),
                        Asked.NOTHING,
                        String.format(Locale.ROOT, "%,d events by the group rule", grouped(events))));
            }
        }
        return rows;
    }

    private static Row row(String what, long ours, long other, int events, Asked asked, String note) {
        Samples figure = new Samples();
        Samples baseline = new Samples();
        figure.add(ours / (double) events);
        baseline.add(other / (double) events);
        return Row.of(what, Unit.BYTES, figure, baseline, asked, note);
    }

    /// Each is dear by the group rule, above all to peers.
    private static int grouped(int events) {
        return AppendRule.GROUP.peerEvents(events);
    }

    private Sizes ours(int events, AppendRule rule) throws IOException {
        try (Scratch scratch = Scratch.in(settings.folder());
                HotLog log = HotLog.open(scratch.folder(), rule.options())) {
            OptionalLong before = DiskSpace.written(scratch.folder());
            for (int from = 0; from < events; from += SLICE) {
                AppendBench.append(log, workload.events(from, Math.min(SLICE, events - from)));
            }
            return new Sizes(
                    DiskSpace.bytes(scratch.folder()),
                    since(before, scratch.folder()),
                    log.stats().frameBytes());
        }
    }

    private Sizes theirs(Peer peer, int events, AppendRule rule, Sync sync) throws IOException {
        try (PeerFolder store = PeerFolder.make(settings, peer, sync)) {
            OptionalLong before = DiskSpace.written(settings.folder());
            store.fill(events, rule.transaction());
            store.force();
            return new Sizes(store.bytesOnDisk(), since(before, settings.folder()), 0);
        }
    }

    private static OptionalLong since(OptionalLong before, Path folder) throws IOException {
        OptionalLong now = DiskSpace.written(folder);
        return before.isPresent() && now.isPresent()
                ? OptionalLong.of(now.getAsLong() - before.getAsLong())
                : OptionalLong.empty();
    }

    private long contentBytes() {
        long bytes = 0;
        for (int number = 0; number < settings.events(); number++) {
            bytes += contentBytes(workload.event(number));
        }
        return bytes;
    }

    static long contentBytes(Event event) {
        long bytes = FIXED_BYTES + event.payload().lengthBytes();
        for (Measure measure : Measure.ALL) {
            if (event.has(measure)) {
                bytes += measure == Measure.COST_USD_E6 ? Long.BYTES : Integer.BYTES;
            }
        }
        return bytes
                + Stream.concat(
                                Stream.of(event.sessionId()),
                                Stream.of(event.tool(), event.toolCallId(), event.stopReason(), event.model())
                                        .flatMap(text -> text.stream()))
                        .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                        .sum();
    }
}
