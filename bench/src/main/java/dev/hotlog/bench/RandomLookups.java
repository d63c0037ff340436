// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.util.Random;

/// Lookups of keys drawn at random from the whole workload, the same in every run. Drawing them is not timed.
final class RandomLookups {
    private static final long SEED = 7;
    private static final int BATCH = 1_000;

    private final Workload workload;
    private final Random random = new Random(SEED);
    private final long events;
    private final int batches;

    /// @param events how many of the workload there are to find
    /// @param batches how many thousand lookups a measurement is
    RandomLookups(Workload workload, long events, int batches) {
        this.workload = workload;
        this.events = events;
        this.batches = batches;
    }

    /// Looks an event up and gives its number in the workload, as found out from what it found.
    interface Lookup {
        long find(String sessionId, long seq, int number) throws IOException;
    }

    /// The median of some thousand lookups, the clock read before and after each thousand.
    ///
    /// @return nanoseconds a lookup
    double batches(Lookup lookup) throws IOException {
        Samples each = new Samples();
        for (int i = 0; i < batches; i++) {
            Keys keys = new Keys(BATCH);
            long sum = 0;
            long start = System.nanoTime();
            for (int j = 0; j < BATCH; j++) {
                sum += lookup.find(keys.sessionIds[j], keys.seqs[j], keys.numbers[j]);
            }
            each.add((System.nanoTime() - start) / (double) BATCH);
            keys.check(sum);
        }
        return each.median();
    }

    /// As [#batches(Lookup)], where nothing has to be looked up: each event's place is found out before the clock
    /// starts.
    double known(KnownFrames frames) {
        Samples each = new Samples();
        for (int i = 0; i < batches; i++) {
            Keys keys = new Keys(BATCH);
            long[] places = frames.places(keys.numbers);
            long sum = 0;
            long start = System.nanoTime();
            for (long place : places) {
                sum += frames.check(place);
            }
            each.add((System.nanoTime() - start) / (double) BATCH);
            keys.check(sum);
        }
        return each.median();
    }

    /// Adds what each lookup takes by itself, with what reading the clock takes.
    void singles(Lookup lookup, Samples nanos) throws IOException {
        for (int i = 0; i < batches; i++) {
            Keys keys = new Keys(BATCH);
            long sum = 0;
            for (int j = 0; j < BATCH; j++) {
                long start = System.nanoTime();
                sum += lookup.find(keys.sessionIds[j], keys.seqs[j], keys.numbers[j]);
                nanos.add((double) (System.nanoTime() - start));
            }
            keys.check(sum);
        }
    }

    /// Keys drawn from the whole log, with the numbers of their events.
    private final class Keys {
        private final String[] sessionIds;
        private final long[] seqs;
        private final int[] numbers;
        private long sum;

        Keys(int count) {
            sessionIds = new String[count];
            seqs = new long[count];
            numbers = new int[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (int) random.nextLong(events);
                sessionIds[i] = workload.sessionId(numbers[i]);
                seqs[i] = workload.seq(numbers[i]);
                sum += numbers[i];
            }
        }

        void check(long found) {
            if (found != sum) {
                throw new IllegalStateException("a lookup found another event than the one asked for");
            }
        }
    }
}
