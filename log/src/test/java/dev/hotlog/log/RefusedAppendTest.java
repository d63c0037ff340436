// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.FaultyStorage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An append that throws leaves nothing behind, and what comes after it is kept.
class RefusedAppendTest {
    private static final int EVENTS = 300;

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, LogProcess.SMALL, InstantSource.system());
    }

    @Test
    void anEventWhoseEarlierCopyIsDamagedIsRefusedAndTheNextOneIsKept() throws LogException {
        ParityLog log = new ParityLog();
        try (HotLog writer = open(log.storage())) {
            for (int seq = 0; seq < EVENTS; seq++) {
                writer.append(Events.event("s", seq, 600));
            }
        }
        byte[] payload = Events.event("s", 7, 600).payload().toBytes();
        log.changed(ParityLog.FIRST_SEGMENT, bytes -> bytes[positionOf(payload, bytes)] ^= 1);
        try (HotLog writer = open(log.storage())) {
            assertThatThrownBy(() -> writer.append(Events.event("s", 7, 600), Durability.FORCED))
                    .isInstanceOf(LogException.Damaged.class);
            assertThatThrownBy(() -> writer.append(Batch.of(Events.event("t", 0), Events.event("s", 7, 600))))
                    .isInstanceOf(LogException.Damaged.class);
            assertThat(writer.append(Events.event("s", EVENTS, 600), Durability.FORCED))
                    .isEqualTo(EVENTS);
        }
        List<Damage> damage = new ArrayList<>();
        assertThat(log.replayed(damage)).hasSize(EVENTS).endsWith((long) EVENTS).doesNotContain(7L);
        assertThat(damage).hasSize(1);
    }

    private static int positionOf(byte[] payload, byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(new String(payload, StandardCharsets.ISO_8859_1));
    }

    @Test
    void idsThatUtf8CannotHoldAreOneIdAndNoDamage() throws LogException {
        ParityLog log = new ParityLog();
        Event half = Event.of("\ud800", 1).payload("{}").build();
        Event mark = Event.of("?", 1).payload("{}").build();
        try (HotLog writer = log.open()) {
            assertThat(writer.append(Batch.of(half, mark)).duplicates()).isEqualTo(1);
        }
        try (HotLogReader reader = log.reader()) {
            assertThat(reader.get("\ud800", 1)).contains(mark);
        }
    }
}
