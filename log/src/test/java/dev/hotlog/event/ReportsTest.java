// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.RecoveryReport.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is told to people.
class ReportsTest {
    private static final Damage LOST = damage(1);

    private static Damage damage(long lostEvents) {
        return new Damage("bytes that are no frame", "a.hotlog", 1024, 16, 7, lostEvents);
    }

    @Test
    void damageTellsHowManyEventsAreLost() {
        String place = "bytes that are no frame (file=a.hotlog, position=1024, bytes=16; ";
        assertThat(damage(Damage.UNKNOWN)).hasToString(place + "events from offset 7 on may be lost)");
        assertThat(damage(0)).hasToString(place + "no event lost)");
        assertThat(damage(1)).hasToString(place + "the event at offset 7 is lost)");
        assertThat(damage(3)).hasToString(place + "3 events from offset 7 on are lost)");
    }

    @Test
    void aRecoveryIsToldInOneLine() {
        assertThat(recovery(Outcome.CREATED, 0)).hasToString("new log");
        assertThat(recovery(Outcome.CLEAN, 0)).hasToString("closed cleanly");
        assertThat(recovery(Outcome.RECOVERED, 9))
                .hasToString("recovered after an unclean end, 9 torn bytes kept in a.torn");
        assertThat(recovery(Outcome.CLEAN, 0, LOST)).hasToString("closed cleanly, damaged: " + LOST);
    }

    private static RecoveryReport recovery(Outcome outcome, long tornBytes, Damage... damage) {
        return new RecoveryReport(outcome, 7, 0, tornBytes, tornBytes == 0 ? "" : "a.torn", List.of(damage));
    }

    @Test
    void aRepairThatDidAnythingHasChangedTheLog() {
        assertThat(repair(0, 0, 0).isUnchanged()).isTrue();
        assertThat(repair(1, 0, 0).isUnchanged()).isFalse();
        assertThat(repair(0, 1, 0).isUnchanged()).isFalse();
        assertThat(repair(0, 0, 1).isUnchanged()).isFalse();
    }

    private static RepairReport repair(long tornBytes, int segments, int indexes) {
        return new RepairReport(List.of(), List.of(), List.of(), tornBytes, segments, indexes, 0, 0);
    }

    @Test
    void whatTheSystemRefusesIsToldInWords() {
        assertThat(told(new AccessDeniedException("f"))).isEqualTo("cannot read f: permission denied");
        assertThat(told(new NoSuchFileException("f"))).isEqualTo("cannot read f: no such file");
        assertThat(told(new NotDirectoryException("f"))).isEqualTo("cannot read f: not a folder");
        assertThat(told(new FileAlreadyExistsException("f")))
                .isEqualTo("cannot read f: a file of that name is in the way");
        assertThat(told(new IOException("Input/output error"))).isEqualTo("cannot read f: Input/output error");
        assertThat(told(new IOException())).isEqualTo("cannot read f: IOException");
    }

    private static String told(IOException cause) {
        return new LogException.Storage("cannot read f", cause).getMessage();
    }
}
