// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.history.Project;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ShortNamesTest {
    private static final List<UnaryOperator<String>> FOLDERS =
            List.of(path -> new Project(path).lastNames(1), path -> new Project(path).lastNames(2));

    @Test
    void aNameIsCutAsFarAsNoOtherBecomesTheSame() {
        List<String> paths = List.of("/src/app", "/home/me/cli", "C:\\work\\cli", "/a/x/y", "/b/x/y");
        ShortNames names = new ShortNames(paths, FOLDERS);

        assertThat(paths.stream().map(names::of)).containsExactly("app", "me/cli", "work\\cli", "/a/x/y", "/b/x/y");
    }

    @Test
    void shortPathsStayWhole() {
        assertThat(new Project("/src/app/").lastNames(2)).isEqualTo("src/app");
        assertThat(new Project("/app").lastNames(2)).isEqualTo("/app");
        assertThat(new Project("/").lastNames(1)).isEqualTo("/");
        assertThat(new Project("app").lastNames(1)).isEqualTo("app");
        assertThat(new Project("").lastNames(3)).isEmpty();
    }
}
