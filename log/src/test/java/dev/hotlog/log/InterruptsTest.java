// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InterruptsTest {
    @TempDir
    private Path folder;

    @AfterEach
    void clearFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptedThreadAppendsLikeAnyOtherAndFindsItsFlagStill() throws LogException {
        List<Event> events = Events.events("s", 0, 40, 4_000);
        try (HotLog log = HotLog.open(folder, HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10))) {
            Thread.currentThread().interrupt();
            for (Event event : events) {
                log.append(event, Durability.FORCED);
            }
            // These map files, sealed ones and the active one, in this thread.
            for (int i = 0; i < events.size(); i++) {
                assertThat(log.append(events.get(i), Durability.GROUP)).isEqualTo(i);
            }
            log.flush();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.replay().events()).isEqualTo(events);
            assertThat(reader.get("s", 7)).contains(events.get(7));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    @Test
    void aThreadThatIsInterruptedWhileItAppendsDoesNotHarmTheOthers() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        List<List<Long>> offsets = new ArrayList<>();
        try (HotLog log = HotLog.open(folder, HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10))) {
            for (int i = 0; i < 3; i++) {
                String session = "s" + i;
                List<Long> own = new ArrayList<>();
                offsets.add(own);
                threads.add(Thread.ofPlatform().start(() -> appendUntil(done, log, session, own)));
            }
            for (int i = 0; i < 300; i++) {
                Thread.sleep(1);
                threads.get(i % 2).interrupt();
            }
            done.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (HotLogReader reader = HotLogReader.open(folder)) {
            for (int i = 0; i < 3; i++) {
                assertThat(offsets.get(i)).isNotEmpty();
                List<Long> replayed = new ArrayList<>();
                reader.replay().session("s" + i).forEach(event -> replayed.add(event.offset()));
                assertThat(replayed).isEqualTo(offsets.get(i));
            }
        }
    }

    private static void appendUntil(AtomicBoolean done, HotLog log, String session, List<Long> offsets) {
        while (!done.get()) {
            try {
                offsets.add(log.append(Events.event(session, offsets.size(), 500), Durability.GROUP));
                log.append(Events.event(session, 0, 500), Durability.MEMORY);
            } catch (LogException e) {
                throw new AssertionError(session, e);
            }
        }
    }

    @Test
    void aTailThatIsInterruptedWhileItWaitsSaysSo() throws Exception {
        HotLog.open(folder).close();
        try (HotLogReader reader = HotLogReader.open(folder);
                Tail tail = reader.tail(0)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> tail.next(Duration.ofSeconds(30))).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anInterruptedThreadThatOpensALogIsRefusedAndDoesNoHarm() throws LogException {
        try (HotLog log = HotLog.open(folder)) {
            log.append(Batch.of(Events.events("s", 3)), Durability.FORCED);
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> HotLog.open(folder)).isInstanceOf(LogException.Storage.class);
        assertThat(Thread.interrupted()).isTrue();
        try (HotLog log = HotLog.open(folder)) {
            assertThat(log.nextOffset()).isEqualTo(3);
        }
    }

    @Test
    void aThreadThatIsInterruptedVerifiesWhatIsThere() throws LogException {
        try (HotLog log = HotLog.open(folder, HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10))) {
            log.append(Batch.of(Events.events("s", 0, 40, 4_000)), Durability.FORCED);
        }
        VerifyReport sound = HotLogReader.verify(folder, _ -> {});
        assertThat(sound.isSound()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(HotLogReader.verify(folder, _ -> {})).isEqualTo(sound);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aThreadThatIsInterruptedRepairsNothingAndLosesNothing() throws IOException {
        SampleLog log = SampleLog.of(folder.resolve("log"), 300);
        String damaged = log.segments().getFirst();
        log.flip(damaged, log.frame(5).from() + 30);
        Thread.currentThread().interrupt();
        assertThatThrownBy(log::repair).isInstanceOf(LogException.Storage.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.repair().lostEvents()).isOne();
        assertThat(log.verify().isSound()).isTrue();
        log.hasAllBut(List.of(5L));
    }
}
