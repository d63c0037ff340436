// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Sync;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A JVM that measures one part, alone or beside one peer. It tells its rows on stdout and its progress on stderr.
///
/// The collector is the JVM's choice; the heap has one size from the start, so that it does not grow while
/// measuring.
final class PartProcess {
    static final String HEAP = "1g";

    private PartProcess() {}

    /// Starts it for what is measured without peers, and waits for its rows.
    static List<Row> run(Part part, Settings settings) throws IOException, InterruptedException {
        return run(part, settings.beside(Set.of()), List.of());
    }

    /// Starts it for what is measured beside a peer, and waits for its rows.
    static List<Row> runBeside(Peer peer, Part part, Settings settings) throws IOException, InterruptedException {
        return run(part, settings.beside(Set.of(peer)), peer.jvmOptions());
    }

    private static List<Row> run(Part part, Settings settings, List<String> jvmOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xms" + HEAP, "-Xmx" + HEAP));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
        command.add(PartProcess.class.getName());
        command.addAll(settings.words(part));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Row> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(Row.parse(line));
            }
        }
        int outcome = process.waitFor();
        if (outcome != 0) {
            throw new IOException("measuring " + part.word() + " ended with exit code " + outcome);
        }
        return rows;
    }

    public static void main(String[] words) throws IOException, InterruptedException {
        Settings settings = Settings.parse(List.of(words));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (Part part : settings.parts()) {
            for (Row row : rows(part, settings)) {
                out.println(row.toLine());
            }
        }
    }

    private static List<Row> rows(Part part, Settings settings) throws IOException, InterruptedException {
        if (settings.peers().isEmpty()) {
            return part.measure(settings);
        }
        List<Row> rows = new ArrayList<>();
        for (Peer peer : settings.peers()) {
            Optional<String> obstacle = PeerFolder.obstacle(settings, peer);
            if (obstacle.isPresent()) {
                rows.add(Row.skipped(part.word() + "; " + peer.label(Sync.NEVER), obstacle.get()));
            } else {
                rows.addAll(part.measureBeside(peer, settings));
            }
        }
        return rows;
    }
}
