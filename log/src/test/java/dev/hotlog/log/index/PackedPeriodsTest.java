// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Event;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.log.format.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedPeriodsTest {
    private static final Boundaries NONE = _ -> Long.MAX_VALUE;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int QUARTERS_A_DAY = 96;
    /// Where the header says that the periods begin.
    private static final int PERIODS_START = 88 + IndexSection.PERIODS.ordinal() * Long.BYTES;
    /// A midnight of UTC.
    private static final long BEGIN = Instant.parse("2026-03-27T00:00:00Z").toEpochMilli();

    /// Three days, with an event in each quarter of an hour.
    private static SealedIndex threeDays() {
        return Segment.opened(threeDaysFile());
    }

    private static MemorySegment threeDaysFile() {
        Segment segment = new Segment();
        for (int quarter = 0; quarter < 3 * QUARTERS_A_DAY; quarter++) {
            segment.event(event(quarter, BEGIN + quarter * Rollup.QUARTER_MILLIS));
        }
        return segment.encoded();
    }

    private static Event event(int seq, long tsMillis) {
        return Event.of("s", seq).ts(tsMillis, true).payload("{}").build();
    }

    private static List<PeriodTotals> periods(SealedIndex index, Boundaries boundaries) {
        List<PeriodTotals> periods = new ArrayList<>();
        index.periods(boundaries, periods::add);
        return periods;
    }

    private static long events(List<PeriodTotals> periods) {
        return periods.stream().mapToLong(period -> period.totals().events()).sum();
    }

    @Test
    void whereNothingIsToldApartADayIsOneSum() {
        List<PeriodTotals> periods = periods(threeDays(), NONE);
        assertThat(periods)
                .extracting(PeriodTotals::quarterMillis)
                .containsExactly(BEGIN, BEGIN + DAY_MILLIS, BEGIN + 2 * DAY_MILLIS);
        assertThat(events(periods)).isEqualTo(3 * QUARTERS_A_DAY);
    }

    @Test
    void aMidnightElsewherePartsOnlyTheHoursAroundIt() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Boundaries midnights = millis -> {
            LocalDate date = Instant.ofEpochMilli(millis).atZone(berlin).toLocalDate();
            return date.plusDays(1).atStartOfDay(berlin).toInstant().toEpochMilli();
        };
        List<PeriodTotals> periods = periods(threeDays(), midnights);
        // Of a day: three times six hours, and the last six of them one by one.
        assertThat(periods).hasSize(3 * (3 + 6));
        // Clocks were put forward on the 29th: that midnight was at 23:00 UTC, the one after at 22:00.
        assertThat(events(periods.stream()
                        .filter(period -> midnights.next(period.quarterMillis())
                                == BEGIN + 3 * DAY_MILLIS - Duration.ofHours(2).toMillis())
                        .toList()))
                .isEqualTo(23 * 4);
    }

    @Test
    void quartersOfAnHourCanBeToldApart() {
        List<PeriodTotals> periods = periods(threeDays(), Rollup.QUARTERS);
        assertThat(periods).hasSize(3 * QUARTERS_A_DAY);
        assertThat(periods).allMatch(period -> period.totals().events() == 1);
    }

    @Test
    void aTimeThatNobodyToldIsAQuarterOfItsOwn() {
        Segment segment = new Segment();
        segment.event(event(0, 0));
        segment.event(event(1, Rollup.QUARTER_MILLIS));
        SealedIndex index = segment.sealed();
        assertThat(periods(index, NONE)).hasSize(1);
        assertThat(periods(index, millis -> millis < Rollup.QUARTER_MILLIS ? Rollup.QUARTER_MILLIS : Long.MAX_VALUE))
                .extracting(PeriodTotals::quarterMillis)
                .containsExactly(0L, Rollup.QUARTER_MILLIS);
    }

    /// Only a bug in a writer, or someone who forges checksums, can bring that about.
    @Test
    void partsThatLeadBackOrOutAreDamage() {
        for (long partsBytes : new long[] {-8, 1 << 20, Long.MAX_VALUE}) {
            byte[] index = threeDaysFile().toArray(ValueLayout.JAVA_BYTE);
            SectionWriter forged = new SectionWriter();
            forged.varint(Long.MAX_VALUE);
            forged.signed(0);
            forged.varint(1);
            forged.varint(partsBytes);
            ByteBuffer bytes = forged.finish().getFirst();
            bytes.get(
                    index,
                    Math.toIntExact(MemorySegment.ofArray(index).get(Bytes.U64, PERIODS_START)),
                    bytes.remaining());
            IndexForgery.makeRight(index);
            SealedIndex opened = Segment.opened(MemorySegment.ofArray(index));
            assertThatThrownBy(() -> periods(opened, NONE)).isInstanceOf(DamagedIndex.class);
            assertThatThrownBy(() -> periods(opened, Rollup.QUARTERS)).isInstanceOf(DamagedIndex.class);
        }
    }
}
