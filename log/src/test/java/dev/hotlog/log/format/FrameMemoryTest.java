// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameMemoryTest {
    private static final int MIB = 1 << 20;

    private final FrameMemory memory = new FrameMemory();

    private void use(int bytes) {
        memory.clear();
        memory.ensure(bytes);
        memory.skip(bytes);
        // As a group does that is filled anew.
        memory.rewindTo(0);
    }

    private long sizeBytes() {
        return memory.whole().byteSize();
    }

    @Test
    void memoryThatIsNeededEachTimeIsKept() {
        use(12 * MIB);
        long size = sizeBytes();
        for (int i = 0; i < 3; i++) {
            use(10 * MIB);
            assertThat(sizeBytes()).isEqualTo(size);
        }
    }

    @Test
    void memoryOfWhichLittleWasNeededIsGivenBack() {
        use(12 * MIB);
        use(MIB);
        assertThat(sizeBytes()).isGreaterThanOrEqualTo(12 * MIB);
        use(MIB);
        assertThat(sizeBytes()).isLessThan(2 * MIB);
    }

    @Test
    void someIsAlwaysKept() {
        use(2 * MIB);
        use(1);
        use(1);
        assertThat(sizeBytes()).isGreaterThanOrEqualTo(2 * MIB);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 5000})
    void textsAreLaidAsUtf8(int chars) {
        for (String text :
                List.of("x".repeat(chars), "x".repeat(chars) + "\u007f", "x".repeat(chars) + "\u0080ü€\ud83d\ude00")) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            memory.clear();
            memory.ensure(FrameMemory.boundOf(text));
            assertThat(memory.text("a text", text, Integer.MAX_VALUE)).isEqualTo(utf8.length);
            assertThat(memory.end()).isEqualTo(utf8.length);
            assertThat(memory.whole().asSlice(0, utf8.length).toArray(Bytes.U8)).isEqualTo(utf8);
        }
    }

    @Test
    void aTextOverItsLimitIsToldOf() {
        memory.ensure(MIB);
        for (String text : List.of("x".repeat(11), "ü".repeat(6))) {
            assertThatThrownBy(() -> memory.text("a text", text, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the most is 10");
        }
    }
}
