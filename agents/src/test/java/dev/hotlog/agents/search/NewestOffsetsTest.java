// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NewestOffsetsTest {
    private static List<Long> kept(long added, long most) {
        NewestOffsets offsets = new NewestOffsets(most);
        LongStream.range(0, added).forEach(offsets::add);
        List<Long> taken = new ArrayList<>();
        while (!offsets.isEmpty()) {
            taken.add(offsets.take());
        }
        return taken;
    }

    @Test
    void theLastOnesAreKeptAndTakenNewestFirst() {
        for (long most : new long[] {1, 2, 15, 16, 17, 33, 100, Long.MAX_VALUE}) {
            for (long added = 0; added < 150; added++) {
                List<Long> last = LongStream.range(Math.max(0, added - most), added)
                        .boxed()
                        .toList()
                        .reversed();
                assertThat(kept(added, most)).as(added + " of at most " + most).isEqualTo(last);
            }
        }
    }
}
