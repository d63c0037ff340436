// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A JVM of its own that runs the main method of a test class. It is given orders line by line and tells what it did
/// line by line; what it says of errors comes in between.
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader told;
    private final BufferedWriter orders;

    private Child(Process process) {
        this.process = process;
        this.told = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static Child start(Class<?> main, Object... arguments) {
        return start(List.of(), main, arguments);
    }

    static Child start(List<String> jvmOptions, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        try {
            return new Child(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// The next line that it tells; fails when it has ended.
    String next() throws IOException {
        String line = told.readLine();
        if (line == null) {
            throw new AssertionError("the process has ended");
        }
        return line;
    }

    /// All lines that it tells until it ends.
    List<String> rest() {
        return told.lines().toList();
    }

    void order(String line) throws IOException {
        orders.write(line);
        orders.newLine();
        orders.flush();
    }

    /// As `kill -9` does; returns what it had told and nobody had read.
    List<String> kill() throws InterruptedException {
        process.destroyForcibly();
        List<String> rest = new ArrayList<>();
        try {
            told.lines().forEach(rest::add);
        } catch (UncheckedIOException _) {
            // The pipe broke with the process.
        }
        process.waitFor();
        return rest;
    }

    int exitValue() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
