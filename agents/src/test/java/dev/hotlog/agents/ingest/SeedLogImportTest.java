// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedLogImportTest {
    @TempDir
    Path folder;

    @Test
    void aSecondEventUnderATakenKeyIsKeptBesideTheFirstAndTold() throws IOException {
        Desk desk = new Desk(folder);
        ImportReport report = desk.importPaths(Corpora.shared("seed-log/log.bin"));
        ImportReport.AgentTally tally = report.agents().getFirst();
        assertThat(tally.agent()).isEqualTo("hot-log");
        assertThat(tally.events() + tally.duplicates()).isEqualTo(203);
        assertThat(tally.badLines()).isZero();
        assertThat(tally.renumbered()).isEqualTo(1);
        assertThat(desk.events("ooo")).containsOnlyKeys(1L, 3L, 5L, 9L);
        assertThat(desk.events("ooo").get(3L).payload().toString()).isEqualTo("{\"dup_or_ooo\":3,\"at\":199}");
        assertThat(desk.events("ooo~2").get(3L).payload().toString()).isEqualTo("{\"dup_or_ooo\":3,\"at\":200}");
        assertThat(report.problems())
                .extracting(Problem::reason)
                .anyMatch(reason -> reason.contains("seq 3 of session ooo") && reason.endsWith("session ooo~2"));
    }

    @Test
    void importingAgainOrACopyAddsNothing() throws IOException {
        Path golden = Corpora.shared("seed-log/log.bin");
        Desk desk = new Desk(folder);
        long events = desk.importPaths(golden).events();
        assertThat(desk.importPaths(golden).agents().getFirst().unchanged()).isEqualTo(1);
        Path copy = Files.copy(golden, folder.resolve("copy.bin"));
        ImportReport again = desk.importPaths(copy);
        assertThat(again.events()).isZero();
        assertThat(again.agents().getFirst().duplicates()).isEqualTo(events);
    }

    @Test
    void damageIsCountedAndTheEventsBehindItAreTaken() throws IOException {
        byte[] all = Files.readAllBytes(Corpora.shared("seed-log/log.bin"));
        all[300] ^= 4;
        Desk desk = new Desk(folder);
        ImportReport report = desk.importPaths(Files.write(folder.resolve("log.bin"), all));
        ImportReport.AgentTally tally = report.agents().getFirst();
        assertThat(tally.events() + tally.duplicates()).isEqualTo(202);
        assertThat(tally.damaged()).isEqualTo(1);
        assertThat(tally.badLines()).isEqualTo(1);
        assertThat(report.isDamaged()).isTrue();
        assertThat(report.problems())
                .extracting(Problem::reason)
                .anyMatch(reason -> reason.startsWith("at position 212: a frame's CRC-32 is "));
    }

    @Test
    void aTornEndIsToldOnceAndReadWhenItIsWhole() throws IOException {
        byte[] all = Files.readAllBytes(Corpora.shared("seed-log/log.bin"));
        Desk desk = new Desk(folder);
        Path file = Files.write(folder.resolve("log.bin"), Arrays.copyOf(all, all.length - 10));
        ImportReport report = desk.importPaths(file);
        assertThat(report.missed()).isEmpty();
        assertThat(report.isDamaged()).isFalse();
        assertThat(report.problems())
                .extracting(Problem::reason)
                .anyMatch(reason -> reason.matches("at position \\d+: the last \\d+ bytes are no whole frame, .*"));
        assertThat(desk.importPaths(file).problems()).isEmpty();
        Files.write(file, all);
        assertThat(desk.importPaths(file).events()).isEqualTo(1);
    }

    @Test
    void aLogThatGrewAddsWhatIsNewInItsOrder() throws IOException {
        byte[] all = Files.readAllBytes(Corpora.shared("seed-log/log.bin"));
        Desk desk = new Desk(folder);
        Path file = folder.resolve("log.bin");
        for (int length : new int[] {12, 1000, 100_000, 315_000, all.length}) {
            Files.write(file, Arrays.copyOf(all, length));
            desk.importPaths(file);
        }
        Desk atOnce = new Desk(folder.resolve("other"));
        atOnce.importPaths(file);
        assertThat(desk.events()).isEqualTo(atOnce.events());
        assertThat(desk.events().stream().map(Event::sessionId)).contains("日本語テキスト", "a\u0000b");
    }
}
