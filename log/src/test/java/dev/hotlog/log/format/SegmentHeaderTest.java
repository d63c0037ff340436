// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.log.format.SegmentHeader.Verdict;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the two copies of a header are together.
class SegmentHeaderTest {
    private static final SegmentHeader HEADER = new SegmentHeader(new UUID(1, 2), 3, 4, 5, 3, 7);
    private static final int CRC = 76;

    private static byte[] sound() {
        return MemorySegment.ofBuffer(HEADER.toBytes()).toArray(ValueLayout.JAVA_BYTE);
    }

    private static Verdict read(byte[] head) {
        return SegmentHeader.read(MemorySegment.ofArray(head));
    }

    private static void set(byte[] head, int copy, String state) {
        MemorySegment bytes = MemorySegment.ofArray(head).asSlice(copy, SegmentHeader.BYTES);
        switch (state) {
            case "sound" -> {}
            case "damaged" -> bytes.set(Bytes.U8, 30, (byte) ~bytes.get(Bytes.U8, 30));
            case "foreign" -> bytes.set(Bytes.U8, 0, (byte) 'x');
            case "newer" -> {
                bytes.set(Bytes.U32, 8, SegmentHeader.VERSION + 1);
                sum(bytes);
            }
            default -> throw new AssertionError(state);
        }
    }

    private static void sum(MemorySegment copy) {
        CRC32C crc = new CRC32C();
        crc.update(copy.asSlice(0, CRC).asByteBuffer());
        copy.set(Bytes.U32, CRC, (int) crc.getValue());
    }

    @ParameterizedTest
    @CsvSource({
        "sound, sound, 0",
        "sound, damaged, 1",
        "sound, foreign, 1",
        "sound, newer, 1",
        "damaged, sound, 1",
        "foreign, sound, 1"
    })
    void oneSoundCopyIsEnough(String first, String second, int damaged) {
        byte[] head = sound();
        set(head, 0, first);
        set(head, SegmentHeader.COPY_POSITION, second);
        assertThat(read(head)).isEqualTo(new Verdict.Sound(HEADER, damaged));
    }

    @ParameterizedTest
    @CsvSource({"newer, sound", "newer, damaged", "newer, foreign", "newer, newer", "damaged, newer", "foreign, newer"})
    void aLaterVersionIsToldByEitherCopy(String first, String second) {
        byte[] head = sound();
        set(head, 0, first);
        set(head, SegmentHeader.COPY_POSITION, second);
        assertThat(read(head)).isEqualTo(new Verdict.Newer(SegmentHeader.VERSION + 1));
    }

    @ParameterizedTest
    @CsvSource({"damaged, damaged, true", "damaged, foreign, true", "foreign, damaged, true", "foreign, foreign, false"
    })
    void withoutASoundCopyOneSignThatItIsOursMakesItDamage(String first, String second, boolean ours) {
        byte[] head = sound();
        set(head, 0, first);
        set(head, SegmentHeader.COPY_POSITION, second);
        assertThat(read(head)).isEqualTo(ours ? new Verdict.Damaged() : new Verdict.Foreign());
    }

    @Test
    void aHeadThatIsCutShortIsOursAsLongAsItBeginsAsOurs() {
        byte[] head = sound();
        for (int length = 0; length < SegmentHeader.BYTES; length++) {
            assertThat(read(Arrays.copyOf(head, length))).as("%s bytes", length).isEqualTo(new Verdict.Damaged());
        }
        for (int length = SegmentHeader.BYTES; length < SegmentHeader.COPY_POSITION + SegmentHeader.BYTES; length++) {
            assertThat(read(Arrays.copyOf(head, length)))
                    .as("%s bytes", length)
                    .isEqualTo(new Verdict.Sound(HEADER, 1));
        }
        assertThat(read("hotlog".getBytes(StandardCharsets.UTF_8))).isEqualTo(new Verdict.Foreign());
        assertThat(read(new byte[] {head[0], 'x'})).isEqualTo(new Verdict.Foreign());
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, -1, 'x'})
    void aHeadThatSaysNothingIsWhatALostSectorLeaves(byte filled) {
        byte[] head = new byte[SegmentHeader.FIRST_FRAME];
        Arrays.fill(head, filled);
        assertThat(read(head)).isEqualTo(new Verdict.Damaged());
        head[head.length - 1]++;
        assertThat(read(head)).isEqualTo(new Verdict.Foreign());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, false",
        "0, 0, false",
        "0, -1, false",
        "0, 1, true",
        "0, 4611686018427387903, true",
        "0, 4611686018427387904, false"
    })
    void aBaseOrAnEpochThatNoFileHasMakesACopyDamaged(long base, long epoch, boolean sound) {
        SegmentHeader header = new SegmentHeader(new UUID(1, 2), base, epoch, 5, 3, 7);
        byte[] head = MemorySegment.ofBuffer(header.toBytes()).toArray(ValueLayout.JAVA_BYTE);
        assertThat(read(head)).isEqualTo(sound ? new Verdict.Sound(header, 0) : new Verdict.Damaged());
    }

    @Test
    void eachCopySaysWhereTheFirstFrameLies() {
        int firstFrame = 12;
        MemorySegment head = MemorySegment.ofArray(sound());
        assertThat(head.get(Bytes.U32, firstFrame)).isEqualTo(SegmentHeader.FIRST_FRAME);
        assertThat(head.get(Bytes.U32, SegmentHeader.COPY_POSITION + firstFrame))
                .isEqualTo(SegmentHeader.FIRST_FRAME);
    }
}
