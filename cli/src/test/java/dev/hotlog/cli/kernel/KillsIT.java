// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the packaged program at any moment: while it starts, opens a log, recovers, writes, forces, answers.
class KillsIT {
    private static final int KILLS = Integer.getInteger("kernel.kills", 90);
    private static final int SIDE_BY_SIDE = 2;
    private static final int STARTS_MILLIS = 400;
    private static final int RUNS_MILLIS = 60;
    private static final int CHECKED_EVERY = 50;

    @TempDir
    Path temp;

    private record Came(int kills, long acknowledged) {}

    @Test
    void killsAtAnyMomentLoseNothingThatWasAcknowledged() throws Exception {
        long seed = Chance.seed("kills");
        int kills = 0;
        long acknowledged = 0;
        try (ExecutorService logs = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<Future<Came>> all = new ArrayList<>();
            for (int log = 0; log < SIDE_BY_SIDE; log++) {
                int number = log;
                all.add(logs.submit(
                        () -> kill(temp.resolve("log" + number), seed + number, (KILLS + number) / SIDE_BY_SIDE)));
            }
            for (Future<Came> each : all) {
                kills += each.get().kills();
                acknowledged += each.get().acknowledged();
            }
        }
        System.out.println("kills: " + kills + " kills, " + acknowledged + " acknowledged events, none lost");
        assertThat(acknowledged).isPositive();
    }

    private static Came kill(Path log, long seed, int kills) throws Exception {
        Random random = new Random(seed);
        Program program = Program.on(log);
        Sent sent = new Sent(seed);
        long acknowledged = 0;
        for (int kill = 1; kill <= kills; kill++) {
            try (Writer writer = Writer.endless(program, sent, acknowledged, Chance.ahead(random))) {
                if (random.nextInt(4) == 0) {
                    Chance.pause(random, STARTS_MILLIS);
                } else {
                    writer.awaitFirstAnswer();
                    Chance.pause(random, RUNS_MILLIS);
                }
                writer.kill();
                acknowledged = writer.acknowledged();
            }
            if (kill % CHECKED_EVERY == 0 || kill == kills) {
                program.holds(sent, acknowledged);
                program.isSound();
            }
        }
        return new Came(kills, acknowledged);
    }
}
