// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Importer;
import dev.hotlog.agents.ingest.Progress;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What befalls the homes of a user, and the log into which they are imported: work on one machine or on several that
/// began as copies, imports of what is there at some moment, of old backups, of files that are being written.
final class Life {
    private static final int MOST_STEPS = 120;
    private static final int MOST_AGENTS = 3;
    private static final int MOST_IMPORTS = 5;
    private static final int SMALL_SEGMENT_BYTES = 256 << 10;
    private static final List<Measure> COUNTED = List.of(
            Measure.TOKENS_IN,
            Measure.TOKENS_OUT,
            Measure.CACHE_READ_TOKENS,
            Measure.CACHE_CREATION_TOKENS,
            Measure.CACHE_CREATION_1H_TOKENS,
            Measure.REASONING_TOKENS);

    private final Random random;
    private final Path folder;
    private final Path log;
    private final Truth truth = new Truth();
    private final List<Machine> machines = new ArrayList<>();
    /// Files differ in when they were written, also if they were laid out within a millisecond.
    private long modifiedMillis = 1_772_500_000_000L;

    Life(long seed, Path folder) {
        this.random = new Random(seed);
        this.folder = folder;
        this.log = folder.resolve("log");
    }

    /// Plays it to its end.
    ///
    /// @return how many events the log holds then
    /// @throws AssertionError when the log does not add up
    long run() throws IOException {
        work();
        List<Integer> order = new ArrayList<>();
        for (int machine = 0; machine < machines.size(); machine++) {
            order.add(machine);
        }
        Collections.shuffle(order, random);
        try (HotLog writer = open()) {
            importWhatThereWas(writer);
            for (int machine : order) {
                layOutAsItIs(machine, home(machine));
                importHome(writer, home(machine));
            }
        }
        assertThat(used()).isEqualTo(truth.used());
        try (HotLog writer = open()) {
            nothingIsTakenTwice(writer, order);
        }
        return events();
    }

    private void importWhatThereWas(HotLog writer) throws IOException {
        for (int i = random.nextInt(MOST_IMPORTS); i > 0; i--) {
            int machine = random.nextInt(machines.size());
            Disk disk = machines.get(machine).disk();
            layOut(home(machine), disk.torn(random.nextInt(disk.moments() + 1), random));
            importHome(writer, home(machine));
        }
    }

    private void work() {
        Workplace place = new Workplace(random, truth);
        List<AgentAtWork> agents = new ArrayList<>(List.of(
                new ClaudeCodeAtWork(place),
                new CodexAtWork(place),
                PiAtWork.pi(place),
                PiAtWork.openClaw(place),
                new GeminiAtWork(place),
                new CopilotAtWork(place),
                new OpenCodeAtWork(place),
                new QwenAtWork(place),
                new KimiAtWork(place),
                new DroidAtWork(place),
                new GooseAtWork(place),
                new AmpAtWork(place)));
        Collections.shuffle(agents, random);
        machines.add(new Machine(place, agents.subList(0, 1 + random.nextInt(MOST_AGENTS))));
        machines.getFirst().work(1 + random.nextInt(MOST_STEPS));
        for (int copies = random.nextInt(3); copies > 0; copies--) {
            machines.add(machines.get(random.nextInt(machines.size())).copy());
            machines.forEach(machine -> machine.work(random.nextInt(MOST_STEPS / 2)));
        }
    }

    private Path home(int machine) {
        return folder.resolve("home-" + machine);
    }

    private void layOutAsItIs(int machine, Path home) throws IOException {
        Disk disk = machines.get(machine).disk();
        layOut(home, disk.files(disk.moments()));
    }

    private void layOut(Path home, Map<String, byte[]> written) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Database.made(written));
        for (Path file : filesIn(home)) {
            if (!files.containsKey(home.relativize(file).toString())) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            Path file = home.resolve(entry.getKey());
            if (Files.notExists(file) || !Arrays.equals(Files.readAllBytes(file), entry.getValue())) {
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
                Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMillis++));
            }
        }
    }

    private static List<Path> filesIn(Path home) throws IOException {
        if (Files.notExists(home)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.walk(home)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    /// The home at once, or first its files one by one, in any order.
    private ImportReport importHome(HotLog writer, Path home) throws IOException {
        Importer importer = new Importer(writer, log, Progress.NONE);
        if (random.nextInt(4) == 0) {
            List<Path> files = filesIn(home);
            // Named by itself, a file of OpenClaw cannot be told from one of Pi.
            files.removeIf(file -> file.toString().contains(".openclaw"));
            Collections.shuffle(files, random);
            for (Path file : files) {
                importer.paths(List.of(file));
            }
        }
        return importer.home(home, Map.of());
    }

    private HotLog open() throws IOException {
        return HotLog.open(log, HotLogOptions.DEFAULTS.withSegmentBytes(SMALL_SEGMENT_BYTES));
    }

    /// Not from the homes again, nor from backups of them elsewhere; and what agents delete stays counted.
    private void nothingIsTakenTwice(HotLog writer, List<Integer> order) throws IOException {
        long events = events();
        for (int machine : order) {
            assertThat(importHome(writer, home(machine)).events()).isZero();
        }
        int copied = random.nextInt(machines.size());
        Path copy = folder.resolve("copy");
        layOutAsItIs(copied, copy);
        importHome(writer, copy);
        layOut(home(copied), Map.of());
        importHome(writer, home(copied));
        assertThat(events()).isEqualTo(events);
        assertThat(used()).isEqualTo(truth.used());
    }

    private long events() throws IOException {
        try (HotLogReader reader = HotLogReader.open(log);
                Stream<?> events = reader.replay().events()) {
            return events.count();
        }
    }

    private Map<String, Map<Measure, Long>> used() throws IOException {
        Map<String, Map<Measure, Long>> used = new TreeMap<>();
        try (HotLogReader reader = HotLogReader.open(log);
                Stream<SessionSummary> sessions = reader.sessions()) {
            sessions.forEach(session -> {
                String agent = session.facts().fact(SessionFacts.AGENT).orElseThrow();
                for (Measure measure : COUNTED) {
                    long sum = session.totals().sumOrZero(measure);
                    if (sum > 0) {
                        used.computeIfAbsent(agent, _ -> new HashMap<>()).merge(measure, sum, Long::sum);
                    }
                }
            });
        }
        return used;
    }
}
