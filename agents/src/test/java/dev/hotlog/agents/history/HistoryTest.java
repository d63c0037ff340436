// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    @Test
    void sessionsAskedForByTheirIdsComeInTheOrderOfAll() throws IOException {
        try (HotLog log = HotLog.open(folder)) {
            long[] seconds = {30, 10, 20, 30};
            for (int i = 0; i < seconds.length; i++) {
                log.append(Event.of("session " + i, 1)
                        .ts(1_000 * seconds[i], true)
                        .kind(Kind.MESSAGE)
                        .build());
            }
        }
        Set<String> one = Set.of("session 2");
        Set<String> ids = Set.of("session 0", "session 1", "session 3", "no session");
        try (History history = History.open(folder)) {
            assertThat(ids(history, SessionFilter.ALL))
                    .containsExactly("session 3", "session 0", "session 2", "session 1");
            assertThat(ids(history, new SessionFilter(one, Set.of(), Set.of()))).containsExactly("session 2");
            assertThat(ids(history, new SessionFilter(Set.of("no session"), Set.of(), Set.of())))
                    .isEmpty();
            assertThat(ids(history, new SessionFilter(ids, Set.of(), Set.of())))
                    .containsExactly("session 3", "session 0", "session 1");
        }
    }

    private static List<String> ids(History history, SessionFilter filter) throws IOException {
        try (Stream<SessionSummary> sessions = history.sessions(filter, Span.ALWAYS)) {
            return sessions.map(SessionSummary::sessionId).toList();
        }
    }
}
