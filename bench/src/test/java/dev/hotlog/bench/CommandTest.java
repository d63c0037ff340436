// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

    @Test
    void aProgramThatFailsIsNotTimed() {
        assertThatIOException()
                .isThrownBy(() -> Command.of(JAVA, "--no-such-option").millis())
                .withMessageContaining("--no-such-option")
                .withMessageContaining("exit code 1");
    }

    @Test
    void whatAProgramPrintsIsItsOutput() throws IOException, InterruptedException {
        assertThat(Command.of(List.of(JAVA, "--version")).output()).contains(System.getProperty("java.version"));
    }
}
