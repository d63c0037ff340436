// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A JVM that measures one part. It tells its rows on stdout and its progress on stderr.
///
/// The collector is the JVM's choice; the heap has one size from the start, so that it does not grow while
/// measuring.
final class PartProcess {
    static final String HEAP = "1g";

    private PartProcess() {}

    /// Starts it and waits for its rows.
    static List<Row> run(Part part, Settings settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xms" + HEAP, "-Xmx" + HEAP));
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
            for (Row row : part.measure(settings)) {
                out.println(row.toLine());
            }
        }
    }
}
