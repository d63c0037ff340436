// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProjectTest {
    @Test
    void isNamedAsItsFolder() {
        assertThat(new Project("/home/u/src/app").name()).isEqualTo("app");
        assertThat(new Project("/home/u/src/app/").name()).isEqualTo("app");
        assertThat(new Project("C:\\Users\\u\\app").name()).isEqualTo("app");
        assertThat(new Project("app").name()).isEqualTo("app");
        assertThat(new Project("/").name()).isEqualTo("/");
    }

    @Test
    void answersToItsPathAndToTheLastOfIt() {
        Project project = new Project("/home/u/src/app");
        assertThat(project.answersTo("/home/u/src/app/")).isTrue();
        assertThat(project.answersTo("app")).isTrue();
        assertThat(project.answersTo("src/app")).isTrue();
        assertThat(project.answersTo("pp")).isFalse();
        assertThat(project.answersTo("src")).isFalse();
        assertThat(project.answersTo("")).isFalse();
        assertThat(new Project("C:\\src\\app").answersTo("src/app")).isTrue();
    }
}
