// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShortIdsTest {
    @Test
    void areAsLongAsNeededToTellThemApart() {
        ShortIds ids = of(List.of("abc", "019f36b8-1", "019f36b8-2", "5d0c1a2b-3e4f", "long-name"));

        assertThat(ids.of("abc")).isEqualTo("abc");
        assertThat(ids.of("019f36b8-1")).isEqualTo("019f36b8-1");
        assertThat(ids.of("5d0c1a2b-3e4f")).isEqualTo("5d0c1a2b");
        assertThat(ids.of("long-name")).isEqualTo("long-nam");
    }

    @Test
    void aSessionBelowAnotherGoesByItsOwnNameUnlessThatIsShared() {
        ShortIds ids = of(List.of("5d0c1a2b-3e4f", "5d0c1a2b-3e4f/agent-a7c41f9", "x/agent-b", "y/agent-b"));

        assertThat(ids.of("5d0c1a2b-3e4f")).isEqualTo("5d0c1a2b");
        assertThat(ids.of("5d0c1a2b-3e4f/agent-a7c41f9")).isEqualTo("agent-a7");
        assertThat(ids.of("x/agent-b")).isEqualTo("x/agent-b");
    }

    @Test
    void onlyTheIdsAskedForAreComparedWithTheOthers() {
        List<String> all = List.of("5d0c1a2b-3e4f", "x/5d0c1a2b-3f", "019f36b8-1", "019f36b8-2");
        ShortIds ids = new ShortIds(List.of("5d0c1a2b-3e4f"), all);

        assertThat(ids.of("5d0c1a2b-3e4f")).isEqualTo("5d0c1a2b-3e");
    }

    private static ShortIds of(List<String> ids) {
        return new ShortIds(ids, ids);
    }
}
