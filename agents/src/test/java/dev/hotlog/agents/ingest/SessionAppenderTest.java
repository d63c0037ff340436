// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.agents.transcript.Piece;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionAppenderTest {
    private static final Piece TITLE = new Piece(List.of(), List.of(), Map.of(SessionFacts.TITLE, "Feed the ducks"), 0);
    private static final Piece EVENT =
            new Piece(List.of(Event.of("s", 0).build()), List.of(), Map.of(SessionFacts.TITLE, "Feed the geese"), 1);

    @TempDir
    Path folder;

    private static void append(SessionAppender appender, Piece piece) throws LogException {
        appender.add(piece);
        appender.commit(
                new Reached(Mark.START, new FileProof("", ""), FileStamp.NONE, PassedOver.nothing(Path.of("f")), "{}"));
    }

    @Test
    void whatIsToldOfASessionWithoutAnEventAsksForNoneThatItHas() throws IOException {
        try (HotLog log = HotLog.open(folder.resolve("log"))) {
            ImportRun withoutWayBack = new ImportRun(
                    log,
                    folder.resolve("no log"),
                    new UsageLedger(_ -> Optional.empty()),
                    new Tally(),
                    new BytesDone(Progress.NONE, List.of()));
            SessionAppender appender =
                    new SessionAppender(withoutWayBack, "a", Path.of("f"), new Identity("s", "", false));
            appender.recogniseAll();
            append(appender, TITLE);
            assertThat(log.facts("s").orElseThrow().facts()).containsEntry(SessionFacts.TITLE, "Feed the ducks");
            assertThatThrownBy(() -> append(appender, EVENT)).isInstanceOf(LogException.Missing.class);
        }
    }
}
