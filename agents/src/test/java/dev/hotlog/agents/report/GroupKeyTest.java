// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupKeyTest {
    private static final long FIRST_DAYS_MILLIS = 5 * Duration.ofDays(1).toMillis();

    private static GroupKey keys(String zone, Grouping... by) {
        return new GroupKey(List.of(by), ZoneId.of(zone), session -> new SessionFacts(session, Map.of()), Blocks.NONE);
    }

    // Among them zones whose clocks change at midnight, that have skipped a day, and with other offsets than whole
    // hours.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/Los_Angeles",
                "Asia/Kolkata",
                "Asia/Kathmandu",
                "America/Havana",
                "America/Sao_Paulo",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Africa/Monrovia"
            })
    void aGroupLastsUpToItsNextBoundary(String zone) {
        for (List<Grouping> by : List.of(
                List.of(Grouping.DAY),
                List.of(Grouping.WEEK),
                List.of(Grouping.MONTH),
                List.of(Grouping.MONTH, Grouping.WEEK))) {
            GroupKey keys = keys(zone, by.toArray(Grouping[]::new));
            check(keys, 0, FIRST_DAYS_MILLIS);
            // In St. John's clocks went back from one minute past midnight.
            check(keys, "2010-10-25T00:00:00Z", "2010-11-12T00:00:00Z");
            // A day that Apia left out, the change of the clocks in spring and autumn, and a new year.
            check(keys, "2011-12-20T00:00:00Z", "2012-01-05T00:00:00Z");
            check(keys, "2018-10-25T00:00:00Z", "2018-11-06T00:00:00Z");
            check(keys, "2026-03-20T00:00:00Z", "2026-04-06T00:00:00Z");
            check(keys, "9999-12-28T00:00:00Z", "+10000-01-03T00:00:00Z");
        }
    }

    private static void check(GroupKey keys, String from, String until) {
        check(keys, Instant.parse(from).toEpochMilli(), Instant.parse(until).toEpochMilli());
    }

    private static void check(GroupKey keys, long fromMillis, long untilMillis) {
        long quarter = fromMillis;
        for (long later = quarter + Rollup.QUARTER_MILLIS; later < untilMillis; later += Rollup.QUARTER_MILLIS) {
            boolean same =
                    keys.stretch(later).key().equals(keys.stretch(quarter).key());
            assertThat(keys.next(quarter) > later)
                    .as("%s and %s", Instant.ofEpochMilli(quarter), Instant.ofEpochMilli(later))
                    .isEqualTo(same);
            quarter = same ? quarter : later;
        }
    }
}
