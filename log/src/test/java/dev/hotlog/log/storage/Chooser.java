// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.util.Random;

/// Decides, question by question, what a power cut leaves. A crash asks in a fixed order, so whoever goes through
/// all answers goes through all disks that the crash may leave.
public interface Chooser {
    /// Picks one of several outcomes.
    ///
    /// @param outcomes how many there are, 1 or more; 0 is the oldest (nothing reached the disk), the last is
    ///     the newest (all of it did)
    /// @return from 0 up to `outcomes` - 1
    int choose(int outcomes);

    /// How many of the bytes that the last write changes in a sector, from the first on, it has changed: a
    /// sector may be torn within.
    ///
    /// @return up to `bytes`
    default int tear(int bytes) {
        return bytes;
    }

    /// Whether a sector that the file has grown into, and nothing of which was written, shows what another file left
    /// there. It shows zeros otherwise.
    default boolean stale() {
        return false;
    }

    /// Nothing that was not forced is on disk.
    static Chooser oldest() {
        return _ -> 0;
    }

    /// Everything is on disk, forced or not.
    static Chooser newest() {
        return outcomes -> outcomes - 1;
    }

    /// Some of it is: the seed says in which manner, and what. One manner is as a disk writes in order, one
    /// as it writes backwards, the others lose little, much, or anything.
    static Chooser random(long seed) {
        Random random = new Random(seed);
        int most = 40;
        Chooser sectors = switch (random.nextInt(5)) {
            case 0 -> random::nextInt;
            case 1 -> mostly(newest(), random);
            case 2 -> mostly(oldest(), random);
            case 3 -> first(random.nextInt(most), newest(), oldest());
            default -> first(random.nextInt(most), oldest(), newest());
        };
        int oneIn = 1 + random.nextInt(4);
        int staleOneIn = 1 + random.nextInt(3);
        return new Chooser() {
            @Override
            public int choose(int outcomes) {
                return sectors.choose(outcomes);
            }

            @Override
            public int tear(int bytes) {
                return random.nextInt(oneIn) == 0 ? random.nextInt(bytes + 1) : bytes;
            }

            @Override
            public boolean stale() {
                return random.nextInt(staleOneIn) == 0;
            }
        };
    }

    private static Chooser mostly(Chooser usual, Random random) {
        int odds = 2 << random.nextInt(5);
        return outcomes -> random.nextInt(odds) == 0 ? random.nextInt(outcomes) : usual.choose(outcomes);
    }

    /// The first questions are answered one way, the later ones another.
    static Chooser first(int questions, Chooser first, Chooser later) {
        return new Chooser() {
            private int asked;

            @Override
            public int choose(int outcomes) {
                return asked++ < questions ? first.choose(outcomes) : later.choose(outcomes);
            }
        };
    }
}
