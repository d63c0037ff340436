// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What does Hotlog cost, beside a baseline measured in the same run? Prints one table. `bench/run` starts it.
///
/// Figures are medians over rounds, in which ours and the baseline take turns; a ratio is the median of the
/// rounds' ratios. No figure decides the exit code: only a wrong result does.
final class Bench {
    private static final int MISUSE = 2;

    private Bench() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        Settings settings;
        try {
            settings = Settings.parse(List.of(words));
        } catch (IllegalArgumentException e) {
            Progress.say(e.getMessage() + "; bench/run --help says what there is");
            System.exit(MISUSE);
            return;
        }
        if (!Files.isDirectory(settings.folder()) || !Files.isWritable(settings.folder())) {
            Progress.say("--dir " + settings.folder() + " is no folder to write in");
            System.exit(MISUSE);
        }
        try (Scratch scratch = Scratch.in(settings.folder())) {
            // Before any work of ours: the load is that of others.
            String head = Machine.here(scratch.folder()).text();
            List<Row> rows = rows(settings.in(scratch.folder()));
            Optional<Growth> growth = growth(settings.in(scratch.folder()));
            System.out.print(head);
            System.out.print(head(settings));
            settings.peers().forEach(peer -> System.out.println("peer     " + peer.setting()));
            if (!rows.isEmpty()) {
                System.out.println();
                System.out.print(Table.text(rows));
            }
            if (growth.isPresent()) {
                System.out.println();
                System.out.print(growth.get().table());
                Files.writeString(settings.svg(), growth.get().plot().svg());
                Progress.say("the growth is drawn in " + settings.svg());
            }
        }
    }

    private static Optional<Growth> growth(Settings settings) throws IOException, InterruptedException {
        return settings.parts().contains(Part.GROWTH) ? Optional.of(Growth.measure(settings)) : Optional.empty();
    }

    private static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        if (settings.parts().stream().anyMatch(Part::readsStoredLog)) {
            PartProcess.run(Part.STORE, settings);
        }
        for (Part part : settings.parts()) {
            if (part == Part.GROWTH) {
                continue; // has a table of its own
            }
            rows.addAll(PartProcess.run(part, settings));
            for (Peer peer : settings.peers()) {
                if (part.hasPeer(peer)) {
                    rows.addAll(PartProcess.runBeside(peer, part, settings));
                }
            }
        }
        return rows;
    }

    private static String head(Settings settings) {
        return "hotlog   commit %s%n".formatted(settings.commit())
                + String.format(
                        Locale.ROOT,
                        "run      %,d events of %d sessions a round; medians of %d rounds of ours and the baseline in"
                                + " turn, after a warm-up%n",
                        settings.events(),
                        Workload.SESSIONS,
                        settings.rounds())
                + "         each part, and beside each peer, in a JVM of its own, heap %s, default collector%n"
                        .formatted(PartProcess.HEAP);
    }
}
