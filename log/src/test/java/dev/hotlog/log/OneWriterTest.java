// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.DiskStorage;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneWriterTest {
    @TempDir
    private Path folder;

    @Test
    void aSecondWriterInTheSameProcessIsRefusedAndToldWhoTheFirstIs() throws LogException {
        refusesASecondWriter(new DiskStorage(folder));
        try (HotLog _ = HotLog.open(folder)) {
            assertThatThrownBy(() -> HotLog.open(folder))
                    .isInstanceOf(LogException.Locked.class)
                    .hasMessageContaining(
                            "this process (" + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining(folder.toString());
        }
    }

    static void refusesASecondWriter(Storage storage) throws LogException {
        try (HotLog _ = open(storage)) {
            assertThatThrownBy(() -> open(storage)).isInstanceOf(LogException.Locked.class);
        }
        open(storage).close();
    }

    private static HotLog open(Storage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    @Test
    void aWriterThatCouldNotBeOpenedLeavesNothingBehind() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        Script.abandon(open(storage));
        int refused = 0;
        for (int n = 1; n <= 40; n++) {
            storage.faults().failOnce(n, Fault.IO_ERROR);
            try {
                HotLog log = open(storage);
                storage.faults().clear();
                Script.abandon(log);
            } catch (LogException.Storage _) {
                refused++;
            }
            assertThat(storage.openFiles())
                    .as("files open after a failure at operation " + n)
                    .isZero();
        }
        assertThat(refused).isPositive();
        storage.faults().clear();
        refusesASecondWriter(storage);
    }

    @Test
    void closingTwiceDoesNotTakeTheLogFromTheNextWriter() throws LogException {
        HotLog first = HotLog.open(folder);
        first.close();
        try (HotLog _ = HotLog.open(folder)) {
            first.close();
            assertThatThrownBy(() -> HotLog.open(folder)).isInstanceOf(LogException.Locked.class);
        }
    }
}
