// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log that was closed, of which readers do not look behind the end: what they must see all the same.
class ClosedEndTest {
    private static final int EVENTS = 10;

    @TempDir
    private Path folder;

    @BeforeEach
    void aClosedLog() throws LogException {
        append(0);
    }

    private void append(int from) throws LogException {
        try (HotLog log = HotLog.open(folder)) {
            for (int seq = from; seq < from + EVENTS; seq++) {
                log.append(Events.event("s", seq, 100), Durability.MEMORY);
            }
        }
    }

    private List<Damage> read(int events) throws LogException {
        List<Damage> met = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(folder);
                Replay replay = reader.replay()) {
            assertThat(replay.onDamage(met::add).events()).hasSize(events);
        }
        return met;
    }

    private Path segment() {
        return folder.resolve(SegmentName.segment(0));
    }

    @Test
    void whatWasAppendedBehindAnOldClosingMarkIsReadThoughPublishedIsOfBefore() throws IOException {
        Path published = folder.resolve(Published.NAME);
        byte[] before = Files.readAllBytes(published);
        append(EVENTS);
        Files.write(published, before);

        assertThat(read(2 * EVENTS)).isEmpty();
    }

    @Test
    void damageBeforeTheMarkIsTold() throws IOException {
        long position = Published.find(new DiskStorage(folder)).orElseThrow().position();
        flip(position - 20);

        assertThat(read(EVENTS - 1)).hasSize(1);
    }

    @Test
    void aMarkThatIsDamagedIsNoEndNobodyLooksBehind() throws IOException {
        long position = Published.find(new DiskStorage(folder)).orElseThrow().position();
        flip(position);

        assertThat(read(EVENTS)).isEmpty();
        try (HotLog log = HotLog.open(folder)) {
            assertThat(log.recovery().tornBytes()).isPositive();
        }
    }

    @Test
    void whatLiesBehindTheMarkOnlyWritersAndVerifyLookFor() throws IOException {
        flip(Files.size(segment()) - 100);

        assertThat(read(EVENTS)).isEmpty();
        assertThat(HotLogReader.verify(folder, _ -> {}).tornBytes()).isPositive();
        try (HotLog log = HotLog.open(folder)) {
            assertThat(log.recovery().tornBytes()).isPositive();
        }
        assertThat(read(EVENTS)).isEmpty();
    }

    private void flip(long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.seek(position);
            int old = file.read();
            file.seek(position);
            file.write(old ^ 1);
        }
    }
}
