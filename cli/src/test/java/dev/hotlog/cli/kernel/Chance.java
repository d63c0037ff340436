// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/// Seeds of tests with chance: printed, and taken back with `-Dhotlog.seed=`.
final class Chance {
    private Chance() {}

    static long seed(String test) {
        Long given = Long.getLong("hotlog.seed");
        long seed = given == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : given;
        System.out.println(test + ": -Dhotlog.seed=" + seed);
        return seed;
    }

    /// One of the writers that read ahead little or much, so that groups are small or large.
    static int ahead(Random random) {
        return 1 << random.nextInt(9);
    }

    static void pause(Random random, int mostMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(mostMillis), random.nextInt(1_000_000));
    }
}
