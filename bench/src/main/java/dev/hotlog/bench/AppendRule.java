// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.HotLogOptions;
import java.time.Duration;
import java.util.List;

/// When events that are appended without waiting are synced.
///
/// @param transaction how many events a peer takes in one transaction
/// @param slice how many events ours and a peer take in turn; at the end of each all is on disk
/// @param peerShare the part of a round's events that is appended beside a peer: a smaller one where each is dear
/// @param askedOfRaw of the ratio to the baseline
/// @param making the baseline
record AppendRule(
        String what,
        HotLogOptions options,
        int transaction,
        int slice,
        int peerShare,
        Asked askedOfRaw,
        SideBySide.Making making) {
    private static final double ASKED_OF_SYNCED = 0.9;
    private static final double ASKED_OF_UNSYNCED = 0.8;

    /// So many bytes that time alone ends a group, unless the disk is slow; slices of many times 10 ms.
    private static final HotLogOptions BY_TIME =
            HotLogOptions.DEFAULTS.withGroup(16 << 20, Integer.MAX_VALUE, Duration.ofMillis(10));

    /// The reference's: 4,096 bytes or 128 events, which is about each 9 events.
    static final AppendRule GROUP = synced("append, group rule", HotLogOptions.DEFAULTS, 8, 10);

    static final AppendRule EVERY_128 = synced(
            "append, synced every 128",
            HotLogOptions.DEFAULTS.withGroup(Integer.MAX_VALUE, 128, Duration.ofSeconds(1)),
            128,
            2);

    static final AppendRule EVERY_10_MS = every10Millis(
            "append, synced every 10 ms",
            Asked.ratioAtLeast(ASKED_OF_UNSYNCED),
            file -> RawBaseline.unsynced(file, SyncPlan.of(BY_TIME)));

    /// The same, beside a baseline that syncs at the log's own moments.
    static final AppendRule EVERY_10_MS_RAW_TOO =
            every10Millis("append, synced every 10 ms; raw synced too", Asked.NOTHING, RawBaseline::likeLog);

    static final List<AppendRule> BESIDE_RAW = List.of(
            GROUP, GROUP.rawMakingSpace(), EVERY_128, EVERY_128.rawMakingSpace(), EVERY_10_MS, EVERY_10_MS_RAW_TOO);
    static final List<AppendRule> BESIDE_PEERS = List.of(GROUP, EVERY_128, EVERY_10_MS);

    private static final int WARM_UP_EVENTS = 102_400;

    private static AppendRule synced(String what, HotLogOptions options, int transaction, int peerShare) {
        SyncPlan plan = SyncPlan.of(options);
        int wholeGroups = 100 * options.groupEvents();
        return new AppendRule(
                what,
                options,
                transaction,
                wholeGroups,
                peerShare,
                Asked.ratioAtLeast(ASKED_OF_SYNCED),
                file -> new RawBaseline(file, plan));
    }

    private static AppendRule every10Millis(String what, Asked asked, SideBySide.Making making) {
        return new AppendRule(what, BY_TIME, 128, 128_000, 1, asked, making);
    }

    /// The same, beside a baseline that has to make its space as well.
    private AppendRule rawMakingSpace() {
        return new AppendRule(
                what + "; raw makes space too",
                options,
                transaction,
                slice,
                peerShare,
                Asked.NOTHING,
                file -> RawBaseline.makingSpace(file, SyncPlan.of(options)));
    }

    /// How many events of a round are appended beside a peer.
    int peerEvents(int events) {
        return events / peerShare;
    }

    int warmUpEvents(int events) {
        return Math.min(events, WARM_UP_EVENTS);
    }
}
