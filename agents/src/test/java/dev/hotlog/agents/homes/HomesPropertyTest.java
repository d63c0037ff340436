// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Homes by chance, in which agents told what they used in all the ways they do, copied, grown, torn, and imported
/// in any order: a log adds up to what was used.
///
/// `-Dhotlog.homes=5000` plays so many, `-Dhotlog.seed=` the same ones as a former run.
class HomesPropertyTest {
    private static final int HOMES = Integer.getInteger("hotlog.homes", 60);

    @Test
    void whatWasUsedIsCountedOnceHoweverOftenItIsTold(@TempDir Path folder) {
        Long given = Long.getLong("hotlog.seed");
        long seed = given == null ? ThreadLocalRandom.current().nextLong() : given;
        long start = System.nanoTime();
        long events = 0;
        for (int i = 0; i < HOMES; i++) {
            long ofHome = seed + i * 0x9E3779B97F4A7C15L;
            try {
                events += new Life(ofHome, folder.resolve(Integer.toString(i))).run();
            } catch (AssertionError | IOException | RuntimeException e) {
                throw new AssertionError("-Dhotlog.homes=1 -Dhotlog.seed=" + ofHome, e);
            }
        }
        System.out.printf(
                "homes, seed %d: %,d of them, %,d events; %,d ms%n",
                seed, HOMES, events, (System.nanoTime() - start) / 1_000_000);
    }
}
