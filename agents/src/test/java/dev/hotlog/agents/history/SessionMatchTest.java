// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionMatchTest {
    private static final List<String> IDS =
            List.of("ab12", "ab12/agent-1", "ab12/agent-2", "ab34", "cd", "cd56", "ef/agent-3", "gh/x", "ij/x");

    private static SessionMatch of(String asked) {
        return SessionMatch.of(asked, IDS);
    }

    @Test
    void aBeginningThatNoOtherHasIsEnough() {
        assertThat(of("ab3")).isEqualTo(new SessionMatch.One("ab34"));
        assertThat(of("zz")).isEqualTo(new SessionMatch.None());
        assertThat(of("ab")).isInstanceOf(SessionMatch.Several.class);
    }

    @Test
    void aWholeIdIsMeantItself() {
        assertThat(of("cd")).isEqualTo(new SessionMatch.One("cd"));
        assertThat(of("ab12/agent-1")).isEqualTo(new SessionMatch.One("ab12/agent-1"));
    }

    @Test
    void aSessionIsMeantBeforeThoseBelowIt() {
        assertThat(of("ab1")).isEqualTo(new SessionMatch.One("ab12"));
        assertThat(of("ab12/")).isEqualTo(new SessionMatch.Several(List.of("ab12/agent-1", "ab12/agent-2")));
    }

    @Test
    void aSessionBelowAnotherMayGoByItsOwnName() {
        assertThat(of("agent-2")).isEqualTo(new SessionMatch.One("ab12/agent-2"));
        assertThat(of("agent-3")).isEqualTo(new SessionMatch.One("ef/agent-3"));
        assertThat(of("agent")).isInstanceOf(SessionMatch.Several.class);
        assertThat(of("x")).isEqualTo(new SessionMatch.Several(List.of("gh/x", "ij/x")));
    }
}
