// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// What an agent works with: a disk to write to, a clock that goes on with each look, chance, and the truth, to which
/// the agents of all machines tell what they used.
final class Workplace {
    private static final long BEGIN_MILLIS = 1_772_400_000_000L;
    private static final int MOST_MILLIS = 20_000;

    final Disk disk;
    final Truth truth;
    final Random random;
    private long millis;

    Workplace(Random random, Truth truth) {
        this(new Disk(), random, truth, BEGIN_MILLIS);
    }

    private Workplace(Disk disk, Random random, Truth truth, long millis) {
        this.disk = disk;
        this.random = random;
        this.truth = truth;
        this.millis = millis;
    }

    /// That of another machine, to which all was copied.
    Workplace copy() {
        return new Workplace(disk.copy(), random, truth, millis);
    }

    long millis() {
        millis += 1 + random.nextInt(MOST_MILLIS);
        return millis;
    }

    String time() {
        return Instant.ofEpochMilli(millis()).toString();
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String hex() {
        return String.format("%08x", random.nextInt());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// A count of tokens, 1 to `most`.
    long tokens(int most) {
        return 1L + random.nextInt(most);
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /// JSON that is written down with `'` for `"`.
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more library
    static String json(String format, Object... values) {
        return format.formatted(values).replace('\'', '"');
    }
}
