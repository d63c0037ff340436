// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.cli.Cli.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `import` of a log that the reference wrote. Skipped where there is none beside the project.
class ReferenceLogTest {
    private static final Path GOLDEN = Path.of("..", "..", "shared", "seed-log", "log.bin");
    private static final int SECOND_FRAME = 212;
    private static final int WITHIN_SECOND_FRAME = 300;

    @TempDir
    Path temp;

    private Cli cli;
    private byte[] golden;
    private Path file;

    @BeforeEach
    void aReferenceLog() throws IOException {
        assumeTrue(Files.exists(GOLDEN), "needs " + GOLDEN);
        golden = Files.readAllBytes(GOLDEN);
        cli = Cli.on(temp.resolve("log"));
        file = temp.resolve("log.bin");
    }

    private Result imported(byte[] bytes) throws IOException {
        return cli.run("import", Files.write(file, bytes).toString());
    }

    @Test
    void aSoundOneIsFine() throws IOException {
        assertThat(imported(golden).code()).isZero();
    }

    @Test
    void damageIsToldWithItsPlaceAndByTheExitCodeAndTheRestIsTaken() throws IOException {
        golden[WITHIN_SECOND_FRAME] ^= 4;
        Result result = imported(golden);

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .contains("hotlog: " + file + ": at position " + SECOND_FRAME + ": a frame's CRC-32 is ");
        assertThat(cli.run("replay").outLines()).hasSizeGreaterThan(190);
        // What was told is read, and not met again.
        assertThat(cli.run("import", file.toString()).code()).isZero();
    }

    @Test
    void damageOutweighsAPathThatIsNotThere() throws IOException {
        golden[WITHIN_SECOND_FRAME] ^= 4;
        Files.write(file, golden);

        assertThat(cli.run("import", file.toString(), temp.resolve("nowhere").toString())
                        .code())
                .isEqualTo(3);
    }

    @Test
    void jsonTellsHowMuchIsDamaged() throws IOException {
        golden[WITHIN_SECOND_FRAME] ^= 4;
        Files.write(file, golden);

        assertThat(cli.run("import", "--json", file.toString()).out()).contains("\"bad_lines\":1,\"damaged\":1}");
    }

    @Test
    void aTornEndIsToldAndIsNoDamage() throws IOException {
        Result result = imported(Arrays.copyOf(golden, golden.length - 10));

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("bytes are no whole frame, torn off or not yet written");
    }

    @Test
    void replayAndAppendCopyItEventByEvent() throws IOException {
        imported(golden);
        String events = cli.run("replay", "--json").out();
        Cli copy = Cli.on(temp.resolve("copy")).in(new ByteArrayInputStream(events.getBytes(StandardCharsets.UTF_8)));
        Result appended = copy.run("append");

        assertThat(appended.err()).isEmpty();
        assertThat(appended.code()).isZero();
        assertThat(copy.run("replay", "--json").out()).isEqualTo(events);
        assertThat(events).contains("\"session_id\":\"\"");
    }
}
