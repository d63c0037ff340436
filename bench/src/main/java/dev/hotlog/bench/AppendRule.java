// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.HotLogOptions;
import java.time.Duration;
import java.util.List;

/// When events that are appended without waiting are synced.
///
/// @param transaction how many events a peer takes in one transaction
/// @param slice how many events ours and the other take in turn; at the end of each all is on disk
/// @param peerShare the part of a round's events that is appended beside a peer: a smaller one where each is dear
/// @param askedOfRaw the ratio to the baseline that is asked
/// @param making the baseline, which syncs as the log does by this rule, or, where the rule knows time alone, not at
/// all
record AppendRule(
        String what,
        HotLogOptions options,
        int transaction,
        int slice,
        int peerShare,
        double askedOfRaw,
        SideBySide.Making making) {
    /// The reference's: 4,096 bytes or 128 events, which is about each 9 events.
    static final AppendRule GROUP = synced("append, group rule", HotLogOptions.DEFAULTS, 8, 10);

    static final AppendRule EVERY_128 = synced(
            "append, synced every 128",
            HotLogOptions.DEFAULTS.withGroup(Integer.MAX_VALUE, 128, Duration.ofSeconds(1)),
            128,
            2);

    static final AppendRule EVERY_10_MS = every10Millis();

    static final List<AppendRule> ALL = List.of(GROUP, EVERY_128, EVERY_10_MS);

    private static final int WARM_UP_EVENTS = 102_400;

    private static AppendRule synced(String what, HotLogOptions options, int transaction, int peerShare) {
        SyncPlan plan = SyncPlan.of(options);
        int wholeGroups = 100 * options.groupEvents();
        return new AppendRule(
                what, options, transaction, wholeGroups, peerShare, 0.9, file -> new RawBaseline(file, plan));
    }

    private static AppendRule every10Millis() {
        // So many bytes that time alone ends a group, unless the disk is slow; slices of many times 10 ms.
        HotLogOptions options = HotLogOptions.DEFAULTS.withGroup(16 << 20, Integer.MAX_VALUE, Duration.ofMillis(10));
        SyncPlan plan = SyncPlan.of(options);
        return new AppendRule(
                "append, synced every 10 ms", options, 128, 128_000, 1, 0.8, file -> RawBaseline.unsynced(file, plan));
    }

    /// How many events of a round are appended beside a peer.
    int peerEvents(int events) {
        return events / peerShare;
    }

    int warmUpEvents(int events) {
        return Math.min(events, WARM_UP_EVENTS);
    }
}
