// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What verify says of a log that somebody writes to meanwhile.
class VerifyBesideWriterTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final int SEGMENT_BYTES = 64 << 10;

    @Test
    void besideAWriterAllSegmentsAreCheckedUpToWhatIsPublished() throws LogException {
        byte[] damaged = LOG.closed().bytes(LOG.segment(0)).clone();
        damaged[new String(damaged, StandardCharsets.ISO_8859_1).indexOf("{\"i\":3}")] ^= 1;
        FaultyStorage storage = new FaultyStorage(LOG.closed().with(LOG.segment(0), damaged));
        try (HotLog writer = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            writer.append(Events.event("new", 0), Durability.FORCED);
            VerifyReport report = HotLogReader.verify(storage, _ -> {});
            assertThat(report.events()).isEqualTo(EVENTS);
            assertThat(report.segments()).isEqualTo(3);
            assertThat(report.tornBytes()).isZero();
            assertThat(report.damage())
                    .singleElement()
                    .satisfies(damage -> assertThat(damage.firstOffset()).isEqualTo(3));
        }
    }

    @Test
    void aSegmentThatAWriterMakesMeanwhileIsNotToldAsMissing() throws LogException {
        FaultyStorage disk = new FaultyStorage(LOG.closed());
        AtomicBoolean came = new AtomicBoolean();
        Storage storage = new ForwardingStorage(disk) {
            @Override
            public MemorySegment map(String name) throws LogException {
                MemorySegment seen = super.map(name);
                if (name.equals(LOG.segment(2)) && came.compareAndSet(false, true)) {
                    rollOnce(disk);
                }
                return seen;
            }
        };
        VerifyReport report = HotLogReader.verify(storage, _ -> {});
        assertThat(report.isSound()).isTrue();
        assertThat(report.events()).isEqualTo(EVENTS + 1);
        assertThat(report.segments()).isEqualTo(LOG.headers().size() + 1);
    }

    /// A writer comes, finds no room for an event in the last segment, and goes.
    private static void rollOnce(FaultyStorage disk) throws LogException {
        HotLogOptions options = HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES);
        try (HotLog writer = HotLog.open(disk, options, InstantSource.system())) {
            writer.append(Events.event("new", 0, SEGMENT_BYTES), Durability.FORCED);
        }
    }
}
