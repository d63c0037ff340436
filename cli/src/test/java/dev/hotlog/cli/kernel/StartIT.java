// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a start is spared: classes that the JVM would make anew in each process, since the AOT cache cannot keep them
/// (docs/decisions/0013-start.md). How long a start takes is for the benchmark to tell.
@Timeout(120)
class StartIT {
    /// For an annotation, or a `switch` over types, be it one of the JDK.
    private static final Pattern MADE = Pattern.compile("\\$Proxy\\d|\\$\\$TypeSwitch");

    private static final String KEPT = "source: shared objects file";

    @TempDir
    Path temp;

    private Path log;

    @BeforeEach
    void aLogOfSeveralSegments() throws Exception {
        log = temp.resolve("log");
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(16 << 10);
        try (HotLog writer = HotLog.open(log, small)) {
            for (int seq = 0; seq < 200; seq++) {
                writer.append(Event.of("session-" + seq % 5, seq)
                        .ts(1_767_225_600_000L + 3_600_000L * seq, true)
                        .kind(seq % 2 == 0 ? Kind.COST : Kind.TOOL_CALL)
                        .model(seq % 3 == 0 ? "claude-opus-4-5" : "no-price-1")
                        .tool("Bash")
                        .measure(Measure.TOKENS_IN, seq)
                        .payload("{\"type\":\"usage\"}")
                        .build());
            }
        }
    }

    @Test
    void nothingIsMadeAnewForACommandThatAnswers() throws Exception {
        Program program = Program.on(log);
        for (List<String> command : List.of(
                List.of("report"),
                List.of("report", "--by", "agent,model"),
                List.of("sessions"),
                List.of("get", "session-1", "1"),
                List.of("info"))) {
            Path loaded = temp.resolve(command.getFirst() + ".txt");
            ProcessBuilder process = program.command(command.toArray(String[]::new));
            process.command().add(process.command().indexOf("-jar"), "-Xlog:class+load:file=" + loaded);
            assertThat(Shell.outcome(process).code()).as("%s", command).isZero();
            try (Stream<String> classes = Files.lines(loaded)) {
                List<String> made = classes.filter(line -> MADE.matcher(line).find() && !line.contains(KEPT))
                        .toList();
                assertThat(made).as("%s", command).isEmpty();
            }
            try (Stream<String> classes = Files.lines(loaded)) {
                assertThat(classes.filter(line -> line.contains("dev.hotlog.cli.Main ")))
                        .allMatch(line -> line.contains(KEPT), "comes from the AOT cache")
                        .isNotEmpty();
            }
        }
    }
}
