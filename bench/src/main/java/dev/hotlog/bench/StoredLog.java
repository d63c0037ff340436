// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The log of the whole workload that scans and lookups read: written by a process of its own and closed.
final class StoredLog {
    /// They change nothing about how the events lie in the file.
    static final HotLogOptions RARE_SYNCS =
            HotLogOptions.DEFAULTS.withGroup(1 << 20, Integer.MAX_VALUE, Duration.ofSeconds(1));

    private StoredLog() {}

    static Path of(Settings settings) {
        return settings.folder().resolve("stored");
    }

    static List<Row> write(Settings settings) throws IOException {
        Progress.say("writing the log to read");
        Workload workload = new Workload();
        try (HotLog log = HotLog.open(of(settings), RARE_SYNCS)) {
            for (int number = 0; number < settings.events(); number++) {
                log.append(workload.event(number), Durability.MEMORY);
            }
        }
        return List.of();
    }
}
