// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of docs/parity.md that take more than one process: F8, F16, F17, F20.
class ParityProcessesIT {
    @TempDir
    Path folder;

    @Test
    void f08OfTwoThatRaceForAnEmptyFolderOneWinsAndTheOtherIsToldWho() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path log = folder.resolve("log" + round);
            try (LogProcess one = LogProcess.start("open", log.toString());
                    LogProcess other = LogProcess.start("open", log.toString())) {
                List<String> said = List.of(one.line(), other.line());
                assertThat(said).containsOnlyOnce("opened");
                LogProcess winner = said.getFirst().equals("opened") ? one : other;
                assertThat(said).anyMatch(line -> line.contains("is writing to the log in"));
                assertThat(said).allMatch(line -> line.equals("opened") || line.contains("process " + winner.pid()));
                winner.endInput();
                one.exitCode();
                other.exitCode();
            }
            try (HotLogReader reader = HotLogReader.open(log)) {
                assertThat(reader.info().events()).isEqualTo(1);
            }
        }
    }

    @Test
    void f16ReadersLookUpBesideALiveWriterAndChangeNothing() throws Exception {
        try (LogProcess writer = LogProcess.start("append", folder.toString(), "s", "0")) {
            long acknowledged = 0;
            while (acknowledged < 500) {
                acknowledged = Long.parseLong(writer.line());
            }
            for (int i = 0; i < 20; i++) {
                acknowledged = Long.parseLong(writer.line());
                try (HotLogReader reader = HotLogReader.open(folder)) {
                    assertThat(reader.get("s", acknowledged)).contains(Events.event("s", acknowledged, 200));
                }
            }
            writer.kill();
        }
        Map<String, Long> before = files();
        try (HotLogReader reader = HotLogReader.open(folder);
                Replay replay = reader.replay()) {
            assertThat(replay.events().count()).isGreaterThan(500);
        }
        assertThat(files()).isEqualTo(before);
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    @Test
    void f17AReaderLivesThroughRollsTakeoversAndDeletedIndexes() throws Exception {
        long wanted = 3000;
        try (LogProcess first = LogProcess.start("append", folder.toString(), "s", "0")) {
            assertThat(first.line()).isEqualTo("0");
            try (LogProcess reader = LogProcess.start("watch", folder.toString(), Long.toString(wanted))) {
                long acknowledged = -1;
                LogProcess writer = first;
                while (acknowledged < wanted + 100) {
                    for (int i = 0; i < 700; i++) {
                        acknowledged = Long.parseLong(writer.line());
                    }
                    writer.kill();
                    long next = nextSeq();
                    assertThat(next).isGreaterThan(acknowledged);
                    writer = LogProcess.start("append", folder.toString(), "s", Long.toString(next));
                }
                writer.kill();
                assertThat(reader.line()).isEqualTo("saw " + wanted);
                assertThat(reader.exitCode()).isZero();
            }
        }
    }

    private long nextSeq() throws LogException {
        try (HotLogReader reader = HotLogReader.open(folder)) {
            return reader.session("s").orElseThrow().lastSeq() + 1;
        }
    }

    @Test
    void f17AFileThatSomeoneElseCutsShortIsAnErrorAndNotACrash() throws Exception {
        try (HotLog log = HotLog.open(folder)) {
            for (int seq = 0; seq < 1000; seq++) {
                log.append(Events.event("s", seq, 200));
            }
        }
        try (FileChannel file = FileChannel.open(folder.resolve(ParityLog.FIRST_SEGMENT), StandardOpenOption.WRITE)) {
            file.truncate(20_000);
        }
        List<Long> seqs = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(folder);
                Replay replay = reader.replay().onDamage(_ -> {})) {
            replay.forEach(event -> seqs.add(event.seq()));
        }
        assertThat(seqs).isNotEmpty().isEqualTo(ParityLog.seqs(0, seqs.size()));
    }

    @Test
    void f20ReplayOfALogTakesNoMoreMemoryForBeingLong() throws Exception {
        int events = 150_000;
        try (HotLog log = HotLog.open(folder)) {
            for (int seq = 0; seq < events; seq++) {
                log.append(Event.of("s" + seq % 100, seq)
                        .payload("{\"n\":\"" + "x".repeat(500) + "\"}")
                        .build());
            }
        }
        try (LogProcess counter = LogProcess.start(List.of("-Xmx24m"), "count", folder.toString())) {
            assertThat(counter.line()).isEqualTo(Integer.toString(events));
        }
    }
}
