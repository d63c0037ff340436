// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hotlog.event.Durability;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HotLogOptionsTest {
    private static final HotLogOptions DEFAULTS = HotLogOptions.DEFAULTS;

    @Test
    void optionsWithinTheirLimitsAreTaken() {
        assertThat(DEFAULTS.withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES).segmentBytes())
                .isEqualTo(4096);
        assertThat(DEFAULTS.withSegmentBytes(HotLogOptions.MAX_SEGMENT_BYTES).segmentBytes())
                .isEqualTo(1 << 30);
        assertThat(DEFAULTS.withGroup(1, 1, Duration.ZERO))
                .isEqualTo(new HotLogOptions(64 << 20, 1, 1, Duration.ZERO, Durability.MEMORY));
        assertThat(DEFAULTS.withDurability(Durability.FORCED).durability()).isEqualTo(Durability.FORCED);
    }

    @Test
    void optionsBeyondTheirLimitsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withSegmentBytes(4095))
                .withMessage("segmentBytes 4095 is not in 4096 .. 1073741824");
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withSegmentBytes((1 << 30) + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withGroup(0, 1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withGroup(1, 0, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withGroup(1, 1, Duration.ofNanos(-1)))
                .withMessageContaining("is negative");
    }
}
