// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Forgery;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.IndexForgery;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What fuzzing has found, each case as small as it gets.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FuzzFindingsTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EPOCH = 40;
    private static final int COPY = 512;

    private static String index(int number) {
        return LOG.segment(number).replace(".hotlog", ".idx");
    }

    private static List<Long> replayed(FaultyStorage storage, List<Damage> damage) throws LogException {
        List<Long> offsets = new ArrayList<>();
        for (EventView event : HotLogReader.open(storage).replay().onDamage(damage::add)) {
            assertThat(event.toEvent()).isEqualTo(LOG.events().get((int) event.offset()));
            offsets.add(event.offset());
        }
        return offsets;
    }

    private static void repair(FaultyStorage storage) throws LogException {
        HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
    }

    /// The positions of the frames of a segment, in order.
    private static List<Long> frames(byte[] segment, int number) {
        FrameCursor frame = new FrameCursor(
                MemorySegment.ofArray(segment), LOG.headers().get(number).place());
        List<Long> positions = new ArrayList<>();
        for (long at = SegmentHeader.FIRST_FRAME; frame.moveTo(at, segment.length); at = frame.next()) {
            positions.add(at);
        }
        return positions;
    }

    @Test
    void aSegmentUnderAnothersNameIsNotReadUnderThatOnesOffsets() {
        byte[] first = LOG.closed().bytes(LOG.segment(0));
        FaultyStorage storage = new FaultyStorage(DiskImage.of(Map.of(LOG.segment(2), first)));
        assertThatThrownBy(() -> HotLogReader.open(storage))
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining("is a segment of another name, " + LOG.segment(0));
        assertThatThrownBy(() -> HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system()))
                .isInstanceOf(LogException.UnsupportedFormat.class);
    }

    @Test
    void repairMendsADamagedIndexAlsoBesideATornEnd() throws LogException {
        byte[] last = LOG.killed().bytes(LOG.segment(2)).clone();
        last[last.length - 16] = 1;
        FaultyStorage storage =
                new FaultyStorage(LOG.killed().with(LOG.segment(2), last).with(index(2), new byte[300]));
        repair(storage);
        assertThat(replayed(storage, new ArrayList<>())).hasSize(LOG.events().size());
    }

    @Test
    void anEventWhoseKindHasNoNameIsToldAsDamage() throws LogException {
        byte[] segment = LOG.closed().bytes(LOG.segment(1)).clone();
        FrameCursor frame = new FrameCursor(
                MemorySegment.ofArray(segment), LOG.headers().get(1).place());
        assertThat(frame.moveTo(frames(segment, 1).get(1), segment.length)).isTrue();
        assertThat(frame.type()).isEqualTo(FrameType.EVENT);
        // Of event 9, which has no measures, the length of the kind comes first behind the fixed fields.
        ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putShort((int) frame.bodyPosition() + 24, (short) 0);
        Forgery.makeRight(segment);
        FaultyStorage storage = new FaultyStorage(LOG.closed().with(LOG.segment(1), segment));
        List<Damage> damage = new ArrayList<>();
        assertThat(replayed(storage, damage)).hasSize(LOG.events().size() - 1).doesNotContain(9L);
        assertThat(damage).singleElement().satisfies(told -> {
            assertThat(told.problem()).isEqualTo("a frame that contradicts itself");
            assertThat(told.firstOffset()).isEqualTo(9);
        });
        assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isEqualTo(damage);
        repair(storage);
    }

    private static byte[] withEpoch(byte[] segment, long epoch) {
        byte[] changed = segment.clone();
        ByteBuffer fields = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        fields.putLong(EPOCH, epoch).putLong(COPY + EPOCH, epoch);
        Forgery.makeRight(changed);
        return changed;
    }

    @Test
    void aHeaderWithAnEpochThatNoneHasIsADamagedOne() throws LogException {
        for (long epoch : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            byte[] last = withEpoch(LOG.closed().bytes(LOG.segment(2)), epoch);
            FaultyStorage storage = new FaultyStorage(LOG.closed().with(LOG.segment(2), last));
            assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isNotEmpty();
            assertThat(replayed(storage, new ArrayList<>()))
                    .hasSize(LOG.events().size());
            HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system()).close();
        }
    }

    @Test
    void aSegmentWithoutAHeaderIsLookedForInBoundedTimeWhateverEpochTheOthersTell() throws LogException {
        byte[] first = LOG.closed().bytes(LOG.segment(0)).clone();
        Arrays.fill(first, 0, SegmentHeader.FIRST_FRAME, (byte) 0);
        byte[] last = withEpoch(LOG.closed().bytes(LOG.segment(2)), 1L << 50);
        FaultyStorage storage = new FaultyStorage(LOG.closed()
                .with(LOG.segment(0), first)
                .with(LOG.segment(2), last)
                .without(index(0)));
        assertThat(replayed(storage, new ArrayList<>())).contains(0L, 15L);
    }

    @Test
    void anIndexThatSaysNonsenseWithTheRightChecksumsIsBuiltAnew() throws LogException {
        byte[] sound = LOG.closed().bytes(index(0));
        for (int at = 48; at + Integer.BYTES < sound.length; at += Integer.BYTES) {
            for (int number : new int[] {-1, 0, Integer.MAX_VALUE, 0x0101_0101}) {
                byte[] nonsense = sound.clone();
                ByteBuffer.wrap(nonsense).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
                IndexForgery.makeRight(nonsense);
                HotLogReader reader =
                        HotLogReader.open(new FaultyStorage(LOG.closed().with(index(0), nonsense)));
                reader.sessions().forEach(_ -> {});
                reader.rollups(_ -> {});
                reader.cursor(FuzzLog.SOURCE);
                for (String session : List.of("s-0", "s-1", "s-2")) {
                    reader.session(session);
                    reader.replay().session(session).onDamage(_ -> {}).forEach(_ -> {});
                }
            }
        }
    }
}
