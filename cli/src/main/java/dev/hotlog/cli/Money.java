// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.report.Unpriced;
import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;

/// Costs as they are printed. A sum that lacks something says so: what is not known is never shown as nothing.
final class Money {
    private static final int NAMED = 5;
    /// Before a sum that some tokens are not in.
    static final String AT_LEAST = "≥";
    /// In place of a cost of which nothing is known.
    private static final String UNKNOWN = "?";

    private Money() {}

    static String text(Cost cost) {
        if (!cost.isKnown()) {
            return cost.isPartial() ? UNKNOWN : Figures.ABSENT;
        }
        return (cost.isPartial() ? AT_LEAST : "") + Tokens.money(cost.micros());
    }

    /// Whether there is anything to say about it.
    static boolean any(Cost cost) {
        return cost.isKnown() || cost.isPartial();
    }

    /// Those figures, with what is known of the cost in place of what was told of it.
    static ToLongFunction<Measure> figures(ToLongFunction<Measure> told, Cost cost) {
        long known = cost.isKnown() ? cost.micros() : Measure.ABSENT;
        return measure -> measure == Measure.COST_USD_E6 ? known : told.applyAsLong(measure);
    }

    /// An event's figures as members of an object, and who reckoned its cost.
    static void writeOfEvent(JsonGenerator json, ToLongFunction<Measure> told, Cost cost) {
        Tokens.write(json, figures(told, cost));
        source(told, cost).ifPresent(source -> json.writeStringProperty("cost_from", source));
    }

    /// Who reckoned an event's cost; empty when nobody did.
    static Optional<String> source(ToLongFunction<Measure> told, Cost cost) {
        boolean derived = told.applyAsLong(Measure.COST_USD_E6) == Measure.ABSENT;
        return cost.isKnown() ? Optional.of(derived ? "prices" : "agent") : Optional.empty();
    }

    /// Says which tokens the sums printed before are without, if any.
    static void tellUnpriced(Unpriced unpriced, Desk desk) {
        Cost all = unpriced.ofAll();
        if (all.isPartial()) {
            desk.talk()
                    .say("no price for " + share(all) + ": " + names(unpriced) + "; " + AT_LEAST + " and " + UNKNOWN
                            + " mark costs without them (--prices gives some)");
        }
    }

    /// How many of the tokens are without a price.
    static String share(Cost cost) {
        long tokens = cost.pricedTokens() + cost.unpricedTokens();
        return String.format(
                Locale.ROOT,
                "%s of %s (%.1f %%)",
                Figures.count(cost.unpricedTokens()),
                Figures.count(tokens, "token"),
                100.0 * cost.unpricedTokens() / tokens);
    }

    private static String names(Unpriced unpriced) {
        List<String> names = new ArrayList<>(unpriced.models());
        if (names.size() > NAMED) {
            int more = names.size() - NAMED;
            names.subList(NAMED, names.size()).clear();
            names.add(Figures.count(more, "other model"));
        }
        if (unpriced.hasUntoldModels()) {
            names.add("calls without a model");
        }
        return String.join(", ", names);
    }
}
