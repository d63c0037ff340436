// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `hotlog append` in a process of its own, fed with events, its answers read as they come.
///
/// It begins with some that were acknowledged before: each of these must be answered as a duplicate under the offset it
/// had, so starting a writer after a crash checks what the crash left.
final class Writer implements AutoCloseable {
    private static final int SENT_AGAIN = 20;
    private static final int MOST_SECONDS = 120;

    private final Sent sent;
    private final long before;
    private final Process process;
    private final Path errors;
    private final Thread feeding;
    private final Thread reading;
    private final int ahead;
    private final long end;

    /// The seq behind the last answer.
    private long answered;

    private long acknowledged;
    private boolean over;
    private @Nullable String wrong;

    /// @param acknowledged as many events are in the log at least
    /// @param ahead so many events are sent before the first of them is answered
    /// @param end the writer is sent the events before this one, and then told that there are no more
    private Writer(Program program, Sent sent, long acknowledged, int ahead, long end) throws IOException {
        this.sent = sent;
        this.before = acknowledged;
        this.acknowledged = acknowledged;
        this.answered = Math.max(0, acknowledged - SENT_AGAIN);
        this.ahead = ahead;
        this.end = end;
        long from = answered;
        errors = Files.createTempFile("hotlog-append", ".txt");
        process = program.command("append").redirectError(errors.toFile()).start();
        feeding = Thread.ofPlatform().name("feeding").daemon().start(() -> feed(from));
        reading = Thread.ofPlatform().name("reading").daemon().start(this::read);
    }

    /// A writer that gets events until it ends or is ended.
    static Writer endless(Program program, Sent sent, long acknowledged, int ahead) throws IOException {
        return new Writer(program, sent, acknowledged, ahead, Long.MAX_VALUE);
    }

    /// A writer that gets the events up to that one.
    static Writer upTo(long end, Program program, Sent sent, long acknowledged, int ahead) throws IOException {
        return new Writer(program, sent, acknowledged, ahead, end);
    }

    private void feed(long from) {
        try (OutputStream in = process.getOutputStream()) {
            for (long seq = from; seq < end && awaitTurn(seq); seq++) {
                in.write((sent.line(seq) + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
            }
        } catch (IOException _) {
            // It has ended; why is seen elsewhere.
        }
    }

    private synchronized boolean awaitTurn(long seq) {
        try {
            while (!over && seq - answered >= ahead) {
                wait();
            }
            return !over;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            boolean duplicates = true;
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                duplicates = take(line, duplicates);
            }
        } catch (IOException | UncheckedIOException _) {
            // The pipe broke with the process.
        } finally {
            over();
        }
    }

    /// @return whether the next may be a duplicate too: what was found in the log is a prefix of what was sent
    private synchronized boolean take(String line, boolean duplicates) {
        if (!line.endsWith("}")) {
            return duplicates; // Cut off by the end of the process.
        }
        boolean duplicate = line.equals(sent.answer(answered, true));
        boolean expected = duplicate ? duplicates : answered >= before && line.equals(sent.answer(answered, false));
        if (!expected && wrong == null) {
            wrong = "answered " + line + " where event " + answered + " was to come, " + before
                    + " were acknowledged before, and those that were there are "
                    + (duplicates ? "not all told yet" : "all told");
        }
        answered++;
        acknowledged = Math.max(acknowledged, answered);
        notifyAll();
        return duplicate;
    }

    private synchronized void over() {
        over = true;
        notifyAll();
    }

    /// How many events are known to be on disk: those acknowledged here, and before.
    synchronized long acknowledged() {
        return acknowledged;
    }

    /// Waits until the writer has the log open and has answered a first event, or has ended.
    synchronized void awaitFirstAnswer() throws InterruptedException {
        long first = answered;
        while (!over && answered == first) {
            wait();
        }
    }

    /// As `kill -9` does. Answers that had come until then count.
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        int code = end();
        assertThat(code).as("exit code: " + told()).isEqualTo(Program.KILLED);
    }

    /// Waits until it ends by itself.
    ///
    /// @return its exit code
    int end() throws InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the writer does not end");
        }
        reading.join();
        feeding.join();
        String problem = wrong;
        assertThat(problem).isNull();
        return process.exitValue();
    }

    /// What it said on stderr.
    String told() throws IOException {
        try (InputStream in = Files.newInputStream(errors)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        over();
        Files.deleteIfExists(errors);
    }
}
