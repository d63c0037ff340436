// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Gives a target many inputs. For each: nothing is thrown, it does not take too long, and no more memory is allocated
/// than an input of its length justifies.
///
/// In an ordinary build that is the corpus, inputs that once were too much for the target, and then a fixed number made
/// by chance from a seed that is printed; `-Dhotlog.seed=` gives it back, `-Dhotlog.fuzz.times=` multiplies the
/// number. With `JAZZER_FUZZ=1` in the environment Jazzer makes the inputs, guided by the code that they reach, for
/// `JAZZER_SECONDS`.
///
/// The corpus of a test lies in its module's `src/test/resources/fuzz`, in a folder of the test's name. An input
/// that fails is written there, so that it stays.
public final class Fuzzing {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SLOWEST_NANOS = Duration.ofSeconds(20).toNanos();
    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

    private final Class<?> test;
    private final Target target;
    private final Path corpus;
    private final List<byte[]> seeds = new ArrayList<>();
    private final List<byte[]> words = new ArrayList<>();
    private int mostBytes = 64;
    private long constantBytes = 8 << 20;
    private long bytesAByte = 64;

    private long mostAllocated;
    private long slowestNanos;
    private int count;
    // What the watching thread looks at.
    private volatile byte @Nullable [] current;
    private volatile long sinceNanos;

    private Fuzzing(Class<?> test, Target target) {
        this.test = test;
        this.target = target;
        this.corpus = Path.of("src", "test", "resources", "fuzz", test.getSimpleName());
    }

    /// @param test names the corpus, and hands Jazzer's inputs to [#check] in a method
    ///     `public static void fuzzerTestOneInput(byte[])`
    public static Fuzzing of(Class<?> test, Target target) {
        return new Fuzzing(test, target);
    }

    /// Inputs to start from, beside the corpus.
    public Fuzzing seeds(List<byte[]> more) {
        seeds.addAll(more);
        return this;
    }

    /// Texts that mean something to the target.
    public Fuzzing words(String... more) {
        for (String word : more) {
            words.add(word.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    public Fuzzing mostBytes(int bytes) {
        mostBytes = bytes;
        return this;
    }

    /// What an input may make the target's thread allocate: so much, and so much more for each of its bytes.
    public Fuzzing allocation(long constant, long aByte) {
        constantBytes = constant;
        bytesAByte = aByte;
        return this;
    }

    /// Runs the corpus, and so many inputs made by chance; or Jazzer.
    public void run(int inputs) throws Exception {
        if (System.getenv("JAZZER_FUZZ") != null) {
            jazzer();
            return;
        }
        Long given = Long.getLong("hotlog.seed");
        long seed = given == null ? ThreadLocalRandom.current().nextLong() : given;
        int times = inputs * Integer.getInteger("hotlog.fuzz.times", 1);
        long start = System.nanoTime();
        watched("seed " + seed, () -> {
            List<byte[]> known = corpus();
            for (byte[] input : known) {
                check(input);
            }
            List<byte[]> from = new ArrayList<>(known);
            from.addAll(seeds);
            Mutator mutator = new Mutator(new Random(seed), from, words, mostBytes);
            for (int i = 0; i < times; i++) {
                check(mutator.next());
            }
        });
        System.out.printf(
                Locale.ROOT,
                "%s, seed %d: %,d inputs in %.1f s; the slowest %.1f ms, the most allocated %,d KiB%n",
                test.getSimpleName(),
                seed,
                count,
                (System.nanoTime() - start) / 1e9,
                slowestNanos / 1e6,
                mostAllocated >> 10);
    }

    private List<byte[]> corpus() throws IOException {
        if (!Files.isDirectory(corpus)) {
            return List.of();
        }
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(corpus)) {
            for (Path file : files.sorted().toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    /// Gives one input to the target.
    ///
    /// @throws AssertionError when the target throws, or allocates too much; the input is kept
    public void check(byte[] input) {
        sinceNanos = System.nanoTime();
        current = input;
        long most = constantBytes + bytesAByte * input.length;
        long allocated = allocatedBy(input);
        if (allocated > most) {
            // Classes that were loaded on the way do not count.
            allocated = allocatedBy(input);
        }
        long took = System.nanoTime() - sinceNanos;
        current = null;
        if (allocated > most) {
            throw failed(input, allocated + " bytes were allocated, more than " + most, null);
        }
        count++;
        mostAllocated = Math.max(mostAllocated, allocated);
        slowestNanos = Math.max(slowestNanos, took);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // whatever it is, the input that did it is what we are after
    private long allocatedBy(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.take(input.clone());
        } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw failed(input, String.valueOf(e), e);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private AssertionError failed(byte[] input, String what, @Nullable Throwable cause) {
        CRC32 crc = new CRC32();
        crc.update(input);
        Path kept = corpus.resolve("%08x".formatted(crc.getValue()));
        try {
            Files.createDirectories(corpus);
            Files.write(kept, input);
        } catch (IOException e) {
            what += " (and the input cannot be kept: " + e + ")";
        }
        String hex = HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(input.length, 64)));
        return new AssertionError(
                test.getSimpleName() + ": " + what + "; input of " + input.length + " bytes, " + hex
                        + (input.length > 64 ? "…" : "") + ", kept as " + kept,
                cause);
    }

    private interface Run {
        void run() throws Exception;
    }

    /// Runs in a thread of its own, and gives up on it when one input takes too long.
    private void watched(String what, Run run) throws Exception {
        Throwable[] thrown = new Throwable[1];
        Thread thread = Thread.ofPlatform().daemon().name("fuzz").start(() -> {
            try {
                run.run();
            } catch (Exception | Error e) {
                thrown[0] = e;
            }
        });
        while (!thread.join(Duration.ofMillis(200))) {
            byte[] input = current;
            if (input != null && System.nanoTime() - sinceNanos > SLOWEST_NANOS) {
                AssertionError endless = failed(input, "more than 20 s for one input, " + what, null);
                endless.setStackTrace(thread.getStackTrace());
                throw endless;
            }
        }
        if (thrown[0] instanceof Error error) {
            error.addSuppressed(new AssertionError(what));
            throw error;
        }
        if (thrown[0] instanceof Exception exception) {
            throw exception;
        }
    }

    private void jazzer() throws IOException, InterruptedException {
        String seconds = System.getenv().getOrDefault("JAZZER_SECONDS", "60");
        Path work = Path.of("target", "fuzz", test.getSimpleName());
        Files.createDirectories(work);
        Files.createDirectories(corpus);
        int number = 0;
        for (byte[] seed : seeds) {
            Files.write(work.resolve("seed-" + number++), seed);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JAZZER,
                "--target_class=" + test.getName(),
                "--instrumentation_includes=dev.hotlog.**",
                "--custom_hook_includes=dev.hotlog.**",
                "--reproducer_path=" + work.toAbsolutePath(),
                "-artifact_prefix=" + corpus + "/",
                "-max_total_time=" + seconds,
                "-max_len=" + mostBytes,
                "-timeout=20",
                work.toString(),
                corpus.toString()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new AssertionError("Jazzer ended with " + exit + "; the input is in " + corpus);
        }
    }
}
