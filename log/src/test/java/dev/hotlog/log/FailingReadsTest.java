// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every call that a reader makes of the disk fails once, and for ever: it tells, or answers rightly, and answers
/// rightly again once the disk does.
class FailingReadsTest {
    @ParameterizedTest
    @EnumSource
    void aReaderTellsOrAnswersRightly(Fault fault) throws LogException {
        KnownLog log = KnownLog.rolled();
        int told = 0;
        boolean reached = true;
        for (int n = 1; reached; n++) {
            for (boolean forEver : new boolean[] {false, true}) {
                FaultyStorage storage = new FaultyStorage(log.image());
                if (forEver) {
                    storage.faults().failFrom(n, fault);
                } else {
                    storage.faults().failOnce(n, fault);
                }
                told += tells(log, storage) ? 1 : 0;
                reached = storage.faults().reached();
            }
        }
        assertThat(told).as("failures that were told").isPositive();
    }

    /// @return whether anything was told
    private static boolean tells(KnownLog log, FaultyStorage storage) throws LogException {
        HotLogReader reader;
        try {
            reader = HotLogReader.open(storage);
        } catch (LogException.Storage _) {
            storage.faults().clear();
            answersAll(log, HotLogReader.open(storage));
            return true;
        }
        boolean told = false;
        try {
            answersAll(log, reader);
        } catch (LogException.Storage _) {
            told = true;
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(LogException.Storage.class);
            told = true;
        }
        storage.faults().clear();
        answersAll(log, reader);
        return told;
    }

    private static void answersAll(KnownLog log, HotLogReader reader) throws LogException {
        List<Event> read = new ArrayList<>();
        for (EventView event : reader.replay()) {
            read.add(event.toEvent());
        }
        assertThat(read).isEqualTo(log.events());
        for (Event event : log.events().subList(0, 20)) {
            assertThat(reader.get(event.sessionId(), event.seq())).isEqualTo(Optional.of(event));
        }
        try (Stream<SessionSummary> sessions = reader.sessions()) {
            assertThat(sessions.mapToLong(session -> session.totals().events()).sum())
                    .isEqualTo(log.events().size());
        }
        assertThat(reader.damage()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatFailsOnceMakesVerifyTellNoDamage(Fault fault) throws LogException {
        KnownLog log = KnownLog.rolled();
        VerifyReport sound = KnownLog.verify(log.image());
        assertThat(sound.isSound()).isTrue();
        int told = 0;
        boolean reached = true;
        for (int n = 1; reached; n++) {
            FaultyStorage storage = new FaultyStorage(log.image());
            storage.faults().failOnce(n, fault);
            try {
                assertThat(HotLogReader.verify(storage, _ -> {}))
                        .as("call %d", n)
                        .isEqualTo(sound);
            } catch (LogException.Storage _) {
                told++;
            }
            reached = storage.faults().reached();
        }
        assertThat(told).as("failures that were told").isPositive();
    }

    /// No memory, no handles, no connection: that tells nothing of the bytes.
    @ParameterizedTest
    @EnumSource(names = "IO_ERROR", mode = EnumSource.Mode.EXCLUDE)
    void readsThatFailForAnotherReasonThanTheDevicesAreNoDamage(Fault fault) throws LogException {
        KnownLog log = KnownLog.rolled();
        for (String name : log.image().files().keySet()) {
            FaultyStorage storage = new FaultyStorage(log.image());
            storage.faults().failAll(new Operation.Look(FaultyStorage.READ, name)::equals, fault);
            try {
                assertThat(HotLogReader.verify(storage, _ -> {})).isEqualTo(KnownLog.verify(log.image()));
                assertThat(storage.faults().reached()).isFalse();
            } catch (LogException.Storage e) {
                assertThat(storage.faults().reached()).isTrue();
                assertThat(e).hasMessageContaining(name);
            }
        }
    }
}
