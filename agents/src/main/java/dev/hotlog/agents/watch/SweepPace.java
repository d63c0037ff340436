// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import java.time.Duration;

/// How often everything is looked at: every minute, or less often when that takes long, so that it costs next to
/// nothing; more often, and at a price, when the system does not tell all that changes.
final class SweepPace {
    private static final Duration MOST = Duration.ofMinutes(10);

    private Duration least = Duration.ofMinutes(1);
    /// A sweep may take one part of so many of the time. It looks for what the system should have told.
    private int share = 2_000;

    private boolean swept;
    private long beganNanos;
    private long endedNanos;
    private Duration pause = Duration.ZERO;

    /// From now on sweeps are all there is.
    void quicken() {
        least = Duration.ofSeconds(1);
        share = 50;
        pause = pause.compareTo(least) < 0 ? pause : least;
    }

    void begin() {
        beganNanos = System.nanoTime();
    }

    void end() {
        endedNanos = System.nanoTime();
        // The first one takes in all that is there, and tells nothing of those to come.
        Duration took = swept ? Duration.ofNanos(endedNanos - beganNanos) : Duration.ZERO;
        Duration due = took.multipliedBy(share);
        pause = due.compareTo(least) < 0 ? least : due.compareTo(MOST) > 0 ? MOST : due;
        swept = true;
    }

    boolean isDue() {
        return untilDue().isZero();
    }

    Duration untilDue() {
        Duration left = pause.minusNanos(System.nanoTime() - endedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
