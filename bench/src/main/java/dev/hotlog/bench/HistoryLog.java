// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// A log of many sessions, as agents leave it in months: a hundred events a session, more where there
/// would be more than 100,000 sessions; a hundred sessions at a time; a million events every 30 days.
///
/// @param folder of the log
/// @param events it has when [#write] has written it
record HistoryLog(Path folder, int events, int sessions, Workload workload) {
    static final long STEP_MILLIS = Duration.ofDays(30).toMillis() / 1_000_000;

    private static final int EVENTS_A_SESSION = 100;
    private static final int MOST_SESSIONS = 100_000;

    /// One that is yet to be written.
    static HistoryLog planned(Path folder, int events) {
        int eventsEach = Math.max(EVENTS_A_SESSION, events / MOST_SESSIONS);
        int sessions = Math.max(events / eventsEach / Workload.SESSIONS, 1) * Workload.SESSIONS;
        return new HistoryLog(folder, events, sessions, new Workload(sessions, eventsEach, STEP_MILLIS));
    }

    void write() throws IOException {
        Progress.say(String.format(Locale.ROOT, "writing a log of %,d events", events));
        try (HotLog log = HotLog.open(folder, StoredLog.RARE_SYNCS)) {
            for (int number = 0; number < events; number++) {
                log.append(workload.event(number), Durability.MEMORY);
            }
        }
    }

    /// How many of its events lie within that time before its end.
    int eventsWithin(Duration time) {
        return (int) Math.min(events, time.toMillis() / STEP_MILLIS);
    }

    long millisOf(int number) {
        return workload.event(number).tsMillis();
    }

    /// For a note below the table.
    String size() {
        return String.format(Locale.ROOT, "%,d events of %,d sessions", events, sessions);
    }
}
