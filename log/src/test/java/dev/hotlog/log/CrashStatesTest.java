// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.storage.Fingerprints;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Scripts of chance, with power cut at every operation of each, until so many different disks were looked at as
/// asked for; [PowerCuts] says what must hold for each.
///
/// `-Dcrash.states=100000000` looks at more, `-Dhotlog.seed=` at the same ones as a former run.
@Tag("exhaustive")
class CrashStatesTest {
    private static final long STATES = Long.getLong("crash.states", 1_000_000);
    private static final int SAMPLES_A_CUT = 48;
    private static final int NOT_RECYCLING_ONE_IN = 4;
    private static final int RECOVERY_ONE_IN = 60;
    private static final int[] SECTOR_BYTES = {512, 512, 512, 4096};
    /// So many scripts are under way or wait for a thread, so that none is idle while one script takes long.
    private static final int SCRIPTS_AHEAD = 64;

    private final Fingerprints disks = new Fingerprints();
    private final Fingerprints leftByWriters = new Fingerprints();
    private long cuts;

    @Test
    void whatWasAcknowledgedSurvivesOnEveryDiskThatAPowerCutMayLeave() throws Exception {
        long seed = Seeds.next();
        System.out.printf("crash states, seed %d%n", seed);
        long start = System.nanoTime();
        int threads = Runtime.getRuntime().availableProcessors();
        int scripts = 0;
        Queue<Future<PowerCuts>> ahead = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            // Counted in their order, however long each takes: a seed leads to the same scripts on every machine.
            for (; disks.size() < STATES; scripts++) {
                while (ahead.size() < SCRIPTS_AHEAD) {
                    int number = scripts + ahead.size();
                    ahead.add(pool.submit(() -> play(number, new Random(seed + number * 0x9E3779B97F4A7C15L))));
                }
                count(ahead.remove().get());
            }
            ahead.forEach(script -> script.cancel(false));
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed, e.getCause());
        }
        System.out.printf(
                "crash states: %,d different disks, %,d of them left by cuts of a recovery alone, after %,d power cuts in"
                        + " %,d scripts; %,d s on %d threads; seed %d%n",
                disks.size(),
                disks.size() - leftByWriters.size(),
                cuts,
                scripts,
                (System.nanoTime() - start) / 1_000_000_000,
                threads,
                seed);
        assertThat(disks.size()).isGreaterThanOrEqualTo(Math.toIntExact(STATES));
    }

    private void count(PowerCuts played) {
        disks.addAll(played.disks());
        leftByWriters.addAll(played.leftByWriters());
        cuts += played.cuts();
    }

    private static PowerCuts play(int number, Random random) throws LogException {
        int sectorBytes = SECTOR_BYTES[random.nextInt(SECTOR_BYTES.length)];
        PowerCuts power = new PowerCuts(UnaryOperator.identity(), SAMPLES_A_CUT, sectorBytes, random.nextLong());
        if (random.nextInt(NOT_RECYCLING_ONE_IN) > 0) {
            power.recycling();
        }
        Script script = script(random);
        if (script.rots()) {
            power.rotting();
        }
        try {
            power.everywhere(script.sectorBytes(sectorBytes).record(UnaryOperator.identity()), RECOVERY_ONE_IN);
        } catch (AssertionError e) {
            throw new AssertionError("script " + number, e);
        }
        return power;
    }

    private static Script script(Random random) {
        Script script = new Script();
        int steps = 2 + random.nextInt(8);
        long seq = 0;
        int lines = 0;
        boolean acknowledged = true;
        for (int i = 0; i < steps; i++) {
            String session = "s" + random.nextInt(3);
            switch (random.nextInt(19)) {
                case 0, 1, 2, 3 -> {
                    script.append(Durability.FORCED, Events.any(session, seq++, random, payloadBytes(random)));
                    acknowledged = true;
                }
                case 4, 5, 6, 7 -> {
                    script.append(Durability.MEMORY, Events.any(session, seq++, random, payloadBytes(random)));
                    acknowledged = false;
                }
                case 8, 9, 10, 11 -> {
                    // Three events fill a group, so that this wait ends.
                    int events = 3 + random.nextInt(3);
                    script.append(Durability.GROUP, batch(session, seq, events, random));
                    seq += events;
                    acknowledged = true;
                }
                case 12, 13 -> {
                    script.closeAndOpen();
                    acknowledged = true;
                }
                case 14, 15 -> {
                    lines += 1 + random.nextInt(8);
                    script.importTo("file " + random.nextInt(2), lines);
                    acknowledged = true;
                }
                case 16 -> {
                    // Seldom, since it makes more disks than all else.
                    script.repairAndOpen(acknowledged && random.nextBoolean() ? Script.End.KILLED : Script.End.CLOSED);
                    acknowledged = true;
                }
                default -> {
                    if (!acknowledged) {
                        script.flush();
                        acknowledged = true;
                    } else {
                        script.killAndOpen();
                    }
                }
            }
        }
        return script;
    }

    /// Mostly a line, now and then most of a segment, or more than one.
    private static int payloadBytes(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> 2_500;
            case 1 -> 5_000;
            case 2, 3 -> 700;
            default -> 2 + random.nextInt(120);
        };
    }

    private static Batch batch(String session, long seq, int events, Random random) {
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(Events.any(session, seq + i, random, 2 + random.nextInt(200)));
        }
        return new Batch(
                all,
                random.nextBoolean() ? List.of(new SessionFacts(session, Map.of("title", "as of " + seq))) : List.of(),
                random.nextBoolean() ? List.of(new Cursor("file of " + session, "read up to " + seq)) : List.of());
    }
}
