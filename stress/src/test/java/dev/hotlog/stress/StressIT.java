// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs jcstress for some seconds; `JCSTRESS="-m stress"` in the environment runs it with other settings instead.
///
/// It runs in processes of its own, since it tries one way of compiling after another.
class StressIT {
    /// How many processors there are, jcstress would find out by keeping them busy for seconds; and each of its many
    /// processes writes to all of its heap first.
    private static final String SHORT = "-m quick -f 1 -fsm 1 -iters 2 -time 250 -sc false -hs 64 -c "
            + Runtime.getRuntime().availableProcessors();

    @Test
    void noThreadSeesWhatItMustNot() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "jcstress"));
        Path told = folder.resolve("output.txt");
        String settings = System.getenv().getOrDefault("JCSTRESS", SHORT);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-r",
                "report"));
        command.addAll(List.of(settings.split(" ")));
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start()
                .waitFor();
        String output = Files.readString(told);
        System.out.println(
                output.lines().filter(line -> line.startsWith("(Results:")).reduce("no results", (_, last) -> last));
        assertThat(output).contains("Failed tests: No matches", "Error tests: No matches", "matching test results");
        assertThat(exit).isZero();
    }
}
