// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/// The figures that say what was used, wherever they are printed: in the same order and under the same names.
final class Tokens {
    private static final long MILLIONTHS = 1_000_000;
    private static final long CENTS = 100;
    private static final long MILLIONTHS_A_CENT = MILLIONTHS / CENTS;

    /// What is counted of them.
    static final List<Measure> COUNTED = List.of(
            Measure.TOKENS_IN,
            Measure.TOKENS_OUT,
            Measure.REASONING_TOKENS,
            Measure.CACHE_CREATION_TOKENS,
            Measure.CACHE_CREATION_1H_TOKENS,
            Measure.CACHE_READ_TOKENS);

    private static final List<Measure> ALL =
            Stream.concat(COUNTED.stream(), Stream.of(Measure.COST_USD_E6)).toList();

    private Tokens() {}

    static boolean any(ToLongFunction<Measure> figures) {
        return ALL.stream().anyMatch(measure -> figures.applyAsLong(measure) != Measure.ABSENT);
    }

    /// As members of an object, absent ones left out.
    static void write(JsonGenerator json, ToLongFunction<Measure> figures) {
        for (Measure measure : ALL) {
            long value = figures.applyAsLong(measure);
            if (value != Measure.ABSENT) {
                json.writeNumberProperty(measure.jsonName(), value);
            }
        }
    }

    /// Whether the agent has told of a session that it used more tokens than it told.
    static boolean areIncomplete(SessionFacts facts) {
        return facts.fact(SessionFacts.USAGE).filter("incomplete"::equals).isPresent();
    }

    /// All tokens together, each counted once; that nobody told any is not 0.
    static String all(Totals totals) {
        return any(totals::sum) ? Figures.count(PriceTable.tokens(totals)) : Figures.ABSENT;
    }

    /// In one line, absent ones and zeros left out.
    static String line(ToLongFunction<Measure> figures) {
        List<String> parts = new ArrayList<>();
        for (Measure measure : ALL) {
            long value = figures.applyAsLong(measure);
            if (value != Measure.ABSENT && value != 0) {
                parts.add(measure == Measure.COST_USD_E6 ? money(value) : Figures.count(value) + " " + name(measure));
            }
        }
        return String.join(" · ", parts);
    }

    /// In cents, or in as many digits as an amount below a cent needs.
    static String money(long millionths) {
        // Without BigDecimals, which take long to be there at first.
        long amount = Math.absExact(millionths);
        boolean tiny = amount != 0 && amount < MILLIONTHS_A_CENT;
        return (millionths < 0 ? "-$" : "$") + (tiny ? belowACent(amount) : cents(amount));
    }

    private static String cents(long millionths) {
        long cents = (millionths + MILLIONTHS_A_CENT / 2) / MILLIONTHS_A_CENT;
        return Figures.count(cents / CENTS) + "."
                + String.valueOf(CENTS + cents % CENTS).substring(1);
    }

    private static String belowACent(long millionths) {
        String digits = String.valueOf(MILLIONTHS + millionths).substring(1);
        return "0." + digits.replaceFirst("0+$", "");
    }

    private static String name(Measure measure) {
        return switch (measure) {
            case TOKENS_IN -> "in";
            case TOKENS_OUT -> "out";
            case REASONING_TOKENS -> "of it reasoning";
            case CACHE_CREATION_TOKENS -> "cache write";
            case CACHE_CREATION_1H_TOKENS -> "of it for an hour";
            case CACHE_READ_TOKENS -> "cache read";
            case LATENCY_MS,
                    TTFT_MS,
                    RETRY_COUNT,
                    CONTEXT_USED_TOKENS,
                    CONTEXT_MAX_TOKENS,
                    SYSTEM_PROMPT_TOKENS,
                    COST_USD_E6 -> measure.jsonName();
        };
    }
}
