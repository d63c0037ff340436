// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Durability;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A program of its own that works on a log, and the handle by which a test holds it.
final class LogProcess implements AutoCloseable {
    /// Small, so that segments roll under the tests' hands.
    static final HotLogOptions SMALL = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);

    private final Process process;
    private final BufferedReader out;

    private LogProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// @param words the verb, the log's folder, and what the verb takes
    static LogProcess start(List<String> jvmOptions, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(1, jvmOptions);
        command.add(LogProcess.class.getName());
        command.addAll(List.of(words));
        return new LogProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static LogProcess start(String... words) throws IOException {
        return start(List.of(), words);
    }

    long pid() {
        return process.pid();
    }

    String line() throws IOException {
        return String.valueOf(out.readLine());
    }

    List<String> rest() throws IOException {
        return out.lines().toList();
    }

    /// As `kill -9`.
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // which leaves its output to be read
        process.waitFor();
    }

    /// Ends what it reads.
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[1]);
        switch (words[0]) {
            case "append" -> append(folder, words[2], Long.parseLong(words[3]));
            case "open" -> open(folder);
            case "watch" -> watch(folder, Long.parseLong(words[2]));
            case "count" -> count(folder);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /// Appends on and on, and prints the seq of each event once it is on disk.
    private static void append(Path folder, String session, long firstSeq) throws LogException {
        try (HotLog log = HotLog.open(folder, SMALL)) {
            for (long seq = firstSeq; ; seq++) {
                log.append(Events.event(session, seq, 200), seq % 20 == 0 ? Durability.GROUP : Durability.FORCED);
                System.out.println(seq);
            }
        }
    }

    /// Keeps the log open until its input ends.
    private static void open(Path folder) {
        try (HotLog log = HotLog.open(folder)) {
            log.append(Events.event("race", ProcessHandle.current().pid()), Durability.FORCED);
            System.out.println("opened");
            System.out.flush();
            System.in.read();
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    /// Follows until it has seen so many events, each of which must follow the one before.
    private static void watch(Path folder, long wanted) throws LogException, InterruptedException {
        try (HotLogReader log = HotLogReader.open(folder);
                Tail tail = log.tail(0)) {
            for (long seen = 0; seen < wanted; seen++) {
                if (!tail.next(Duration.ofSeconds(60))) {
                    System.out.println("nothing came behind " + seen);
                    return;
                }
                EventView event = tail.event();
                if (!event.toEvent().equals(Events.event(event.sessionId(), seen, 200)) || event.offset() != seen) {
                    System.out.println("not event " + seen + ": " + event.toEvent());
                    return;
                }
            }
            System.out.println("saw " + wanted);
        }
    }

    private static void count(Path folder) throws LogException {
        long events = 0;
        try (HotLogReader log = HotLogReader.open(folder);
                Replay replay = log.replay()) {
            for (EventView event : replay) {
                events += event.payloadLengthBytes() > 0 ? 1 : 0;
            }
        }
        System.out.println(events);
    }
}
