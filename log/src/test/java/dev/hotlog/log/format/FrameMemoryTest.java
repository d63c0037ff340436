// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
