// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgentsTest {
    @Test
    void aRootHasNoNameAndSoIsNobodysTranscript() {
        assertThat(Agents.all()).noneMatch(transcript -> transcript.isTranscript(Path.of("/")));
    }
}
