// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.agents.ingest.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the hook's line as agents do: by the shell, with what they tell on its standard input.
@Timeout(120)
class HookCommandTest {
    @TempDir
    Path temp;

    private Spool spool;

    @BeforeEach
    void aSpool() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no POSIX shell here");
        spool = Spool.of(temp.resolve("it's a \"log\" $HOME"));
        spool.make();
    }

    private Process start(String told) throws IOException {
        Process hook = new ProcessBuilder("/bin/sh", "-c", HookCommand.of("claude-code", spool))
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = hook.getOutputStream()) {
            in.write(told.getBytes(StandardCharsets.UTF_8));
        }
        return hook;
    }

    private static void assertSilent(Process hook) throws Exception {
        assertThat(hook.inputReader(StandardCharsets.UTF_8).readAllAsString()).isEmpty();
        assertThat(hook.waitFor()).isZero();
    }

    private List<String> spooled() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(spool.folder())) {
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void whatIsToldIsInAFileOfTheSpoolForItsOwnerAlone() throws Exception {
        assertSilent(start("{\"session_id\":\"s\"}\n"));

        assertThat(spooled()).containsExactly("{\"session_id\":\"s\"}\n");
        try (Stream<Path> files = Files.list(spool.folder())) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString()).startsWith("claude-code.");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void callsAtOneTimeDoNotMix() throws Exception {
        List<Process> hooks = new ArrayList<>();
        TreeSet<String> told = new TreeSet<>();
        for (int number = 0; number < 40; number++) {
            String call = number + "x".repeat(20_000);
            told.add(call);
            hooks.add(start(call));
        }
        for (Process hook : hooks) {
            assertSilent(hook);
        }
        assertThat(spooled()).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void aCallThatWaitsIsNotWrittenOver() throws Exception {
        String twice = "x=\"$PPID.$$\"; echo waits >\"claude-code.$x\"; ";
        String command = HookCommand.of("claude-code", spool).replace("umask 077; ", "umask 077; " + twice);
        Process hook = new ProcessBuilder("/bin/sh", "-c", command).start();
        try (OutputStream in = hook.getOutputStream()) {
            in.write("told".getBytes(StandardCharsets.UTF_8));
        }
        assertSilent(hook);

        assertThat(spooled()).containsExactlyInAnyOrder("waits\n", "told");
    }

    @Test
    void withoutASpoolNothingIsKeptAndNothingSaid() throws Exception {
        Files.delete(spool.folder());
        assertSilent(start("{}" + "x".repeat(1 << 20)));

        assertThat(spool.folder()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeMadeIsNoFailureOfTheAgent() throws Exception {
        Files.delete(spool.folder());
        Files.createSymbolicLink(spool.folder(), Path.of("/proc/self"));
        assumeTrue(Files.isDirectory(spool.folder()), "no folder here in which nobody can make files");
        assertSilent(start("{}"));
    }
}
