// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hotlog.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the measurements beside each peer, in a process of its own with its options. They check themselves that a peer
/// gives back what it was given, field by field or by its sum.
class PeersTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Peer.class)
    void aPeerGivesBackTheEventsItWasGiven(Peer peer) throws IOException, InterruptedException {
        Settings settings = Settings.parse(List.of("--events", "10000", "--rounds", "1", "--dir", folder.toString()));
        PartProcess.run(Part.STORE, settings);

        List<Row> scans = PartProcess.runBeside(peer, Part.SCAN, settings);

        assertThat(scans).hasSize(1);
        assumeFalse(Double.isNaN(scans.getFirst().figure()), scans.getFirst().note());
        assertThat(scans.getFirst().baseline()).isPositive();
        if (peer.isKeyed()) {
            List<Row> lookups = PartProcess.runBeside(peer, Part.LOOKUP, settings);
            assertThat(lookups)
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.baseline()).isPositive());
        }
    }
}
