// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import java.util.concurrent.ThreadLocalRandom;

/// Seeds for tests with chance. A test prints the one it got; `-Dhotlog.seed=` gives it back to all.
final class Seeds {
    private Seeds() {}

    static long next() {
        Long given = Long.getLong("hotlog.seed");
        return given == null ? ThreadLocalRandom.current().nextLong() : given;
    }
}
