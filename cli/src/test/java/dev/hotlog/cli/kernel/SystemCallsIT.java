// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Something happens at each single system call that the packaged program makes on its log: it is killed there, or the
/// call fails. It makes a new log, and takes over one that a killed writer left.
///
/// The calls are met in a random order until the time is over; `-Dkernel.seconds=` gives each test more.
class SystemCallsIT {
    private static final int SECONDS = Integer.getInteger("kernel.seconds", 10);
    private static final int SIDE_BY_SIDE = 2;
    private static final int EVENTS = 6;
    private static final int SOME_EVENTS = 12;

    @TempDir
    Path temp;

    private final long seed = Chance.seed("system calls");
    private final Sent sent = new Sent(seed);
    private final AtomicInteger folders = new AtomicInteger();
    private String strace;
    private List<Before> befores;

    /// What is there when the program is started.
    ///
    /// @param log a copy of it is taken, if it is there
    /// @param acknowledged so many events are in it
    private record Before(String name, Path log, long acknowledged) {}

    /// Something that is to happen.
    ///
    /// @param what as strace has it, such as `error=EIO`
    /// @param forEver at all such calls from that one on, rather than only there
    private record Case(Before before, LogCall call, String what, boolean forEver) {
        String when() {
            return call.number() + (forEver ? "+" : "");
        }

        @Override
        public String toString() {
            return before.name() + ": " + what + " at " + call.name() + " " + when() + " of '" + call.file() + "'";
        }
    }

    @BeforeEach
    void logs() throws Exception {
        strace = Needs.tool("strace", "strace");
        List<String> tracing = new ArrayList<>(LogCall.tracing(strace, temp.resolve("tried")));
        tracing.add("true");
        Shell.Outcome tried = Shell.outcome(new ProcessBuilder(tracing));
        assumeTrue(
                tried.code() == 0, "strace may not trace here: " + tried.err().strip());
        Program left = Program.on(temp.resolve("left"));
        long acknowledged;
        try (Writer writer = Writer.endless(left, sent, 0, SOME_EVENTS)) {
            writer.awaitFirstAnswer();
            writer.kill();
            acknowledged = writer.acknowledged();
        }
        befores = List.of(
                new Before("new log", temp.resolve("none"), 0),
                new Before("log left by a kill", left.log(), acknowledged));
    }

    @Test
    void killedAtAnySystemCallNothingThatWasAcknowledgedIsMissing() throws Exception {
        meet("kills", SECONDS, cases(LogCall.CHANGING, List.of("signal=SIGKILL"), false), Set.of(Program.KILLED));
    }

    @Test
    void aSyncThatFailsEndsTheProgramAndNothingThatWasAcknowledgedIsMissing() throws Exception {
        List<String> syncs = List.of("fdatasync", "fsync", "msync");
        List<Case> cases = cases(syncs, List.of("error=EIO"), false);
        cases.addAll(cases(syncs, List.of("error=EIO"), true));
        // A clean run has some twenty: all of them are to be met, also on a slow machine.
        meet("failing syncs", 6 * SECONDS, cases, Set.of(Program.SYSTEM));
    }

    @Test
    void aWriteThatFailsEndsTheProgramAndNothingThatWasAcknowledgedIsMissing() throws Exception {
        List<String> writes = List.of("pwrite64", "write", "rename", "link");
        // Zeros that cannot be written ahead need not stop it.
        meet(
                "failing writes",
                SECONDS,
                cases(writes, List.of("error=EIO", "error=ENOSPC"), false),
                Set.of(Program.SYSTEM, Program.FINE));
    }

    private List<Case> cases(List<String> names, List<String> whats, boolean forEver) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (Before before : befores) {
            Path log = copy(before);
            Path trace = temp.resolve("trace" + folders.incrementAndGet());
            Program program = Program.on(log).under(LogCall.tracing(strace, trace));
            try (Writer writer = Writer.upTo(before.acknowledged() + EVENTS, program, sent, before.acknowledged(), 1)) {
                assertThat(writer.end()).as(writer.told()).isEqualTo(Program.FINE);
            }
            for (LogCall call : LogCall.traced(trace, log)) {
                for (String what : names.contains(call.name()) ? whats : List.<String>of()) {
                    cases.add(new Case(before, call, what, forEver));
                }
            }
        }
        return cases;
    }

    private void meet(String name, int seconds, List<Case> cases, Set<Integer> codes) throws Exception {
        Collections.shuffle(cases, new Random(seed));
        Instant end = Instant.now().plus(Duration.ofSeconds(seconds));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger met = new AtomicInteger();
        try (ExecutorService lanes = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
                all.add(lanes.submit(() -> {
                    while (next.get() < cases.size() && Instant.now().isBefore(end)) {
                        int number = next.getAndIncrement();
                        if (number < cases.size() && meet(cases.get(number), codes)) {
                            met.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        System.out.println("system calls: " + name + " at " + met + " of " + Math.min(next.get(), cases.size())
                + " calls tried, of " + cases.size() + " that there are");
        assertThat(met.get()).isPositive();
    }

    /// @return whether the program came to that call
    private boolean meet(Case one, Set<Integer> codes) throws Exception {
        Path log = copy(one.before());
        Path trace = temp.resolve("trace" + folders.incrementAndGet());
        Program program = Program.on(log);
        long acknowledged = one.before().acknowledged();
        Program traced = program.under(one.call().injecting(strace, trace, log, one.what(), one.when()));
        boolean met;
        try (Writer writer = Writer.upTo(acknowledged + EVENTS, traced, sent, acknowledged, 1)) {
            int code = writer.end();
            met = LogCall.injected(trace);
            String told = writer.told();
            assertThat(code).as(one + ": " + told).isIn(met ? codes : Set.of(Program.FINE));
            if (code == Program.SYSTEM) {
                assertThat(told).as(one.toString()).containsAnyOf("Input/output error", "No space left on device");
            }
            acknowledged = writer.acknowledged();
        }
        if (acknowledged > 0) {
            program.holds(sent, acknowledged);
        }
        try (Writer writer = Writer.upTo(acknowledged + EVENTS, program, sent, acknowledged, 1)) {
            assertThat(writer.end()).as(one + ": " + writer.told()).isEqualTo(Program.FINE);
        }
        return met;
    }

    private Path copy(Before before) throws IOException {
        Path copy = temp.resolve("log" + folders.incrementAndGet());
        if (Files.exists(before.log())) {
            Files.createDirectory(copy);
            try (Stream<Path> files = Files.list(before.log())) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return copy;
    }
}
