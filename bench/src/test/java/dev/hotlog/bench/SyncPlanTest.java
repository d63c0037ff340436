// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.log.HotLogOptions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
    @Test
    void aGroupEndsWithTheFrameThatReachesTheBytes() {
        SyncPlan plan = new SyncPlan(1_000, 128);
        assertThat(plan.groupBytes(new int[] {400, 400, 400, 999, 1, 2_000, 8}))
                .containsExactly(1_200, 1_000, 2_000, 8);
    }

    @Test
    void aGroupEndsWithTheLastEventItMayHold() {
        SyncPlan plan = new SyncPlan(1_000, 3);
        assertThat(plan.groupBytes(new int[] {8, 8, 8, 8, 8, 8, 8})).containsExactly(24, 24, 8);
    }

    @Test
    void noBytesAreLeftOut() {
        int[] lengths = new int[1_001];
        Arrays.setAll(lengths, i -> 8 * (i % 97 + 1));
        int[] groups = SyncPlan.of(HotLogOptions.DEFAULTS).groupBytes(lengths);
        assertThat(Arrays.stream(groups).sum()).isEqualTo(Arrays.stream(lengths).sum());
    }

    @Test
    void withoutFramesThereIsNothingToSync() {
        assertThat(new SyncPlan(1, 1).groupBytes(new int[0])).isEmpty();
    }
}
