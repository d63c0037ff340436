// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import dev.hotlog.event.Measure;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.PromptSize;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Prices of models, and what tokens cost by them. (docs/prices.md)
///
/// A model is found by its name as the agent tells it; else by what follows the last `/` in it, which leaves out who
/// brokers it; else with a date in the name written with dashes. Names given in whole count before patterns, and of
/// patterns the first. For one thread.
public final class PriceTable {
    private static final String BUILT_IN = "prices.csv";
    private static final Pattern DATE = Pattern.compile("-(20\\d\\d)(\\d\\d)(\\d\\d)(?=-|:|$)");

    private final Map<String, PricedModel> names = new HashMap<>();
    private final List<PricedModel> patterned = new ArrayList<>();
    private final Optional<PriceTable> below;
    private final Map<String, Optional<PricedModel>> found = new HashMap<>();

    /// @param models in the order of the table
    PriceTable(List<PricedModel> models) {
        this(models, Optional.empty());
    }

    private PriceTable(List<PricedModel> models, Optional<PriceTable> below) {
        this.below = below;
        for (PricedModel model : models) {
            model.patterns().stream()
                    .filter(ModelPattern::isName)
                    .forEach(name -> names.putIfAbsent(name.text(), model));
            patterned.add(model);
        }
    }

    /// The table that comes with the program.
    public static PriceTable builtIn() {
        try (InputStream table = PriceTable.class.getResourceAsStream(BUILT_IN)) {
            return read(Objects.requireNonNull(table, BUILT_IN).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadPriceTable e) {
            throw new IllegalStateException(e);
        }
    }

    /// The table that is written there.
    ///
    /// @param text in UTF-8
    public static PriceTable read(byte[] text) throws BadPriceTable {
        return new PriceTable(PriceTableText.models(text));
    }

    /// These prices, and for models that are not in this table those of another.
    public PriceTable over(PriceTable other) {
        return new PriceTable(patterned, Optional.of(other));
    }

    /// What the events of a cell cost.
    public Cost cost(Rollup cell) {
        return cost(cell.model(), cell.quarterMillis(), cell.promptSize(), cell.totals());
    }

    /// What all sessions' events of a period, a model and a prompt size cost. Prices change between days of UTC, of
    /// which no period has more than one.
    public Cost cost(PeriodTotals period) {
        return cost(period.model(), period.quarterMillis(), period.promptSize(), period.totals());
    }

    /// What calls to one model cost.
    ///
    /// @param millis when, in milliseconds since 1970 UTC
    /// @param prompt how large the prompt of each was
    /// @param used what they used; its own cost counts, where it has one
    Cost cost(Optional<String> model, long millis, PromptSize prompt, Totals used) {
        long tokens = tokens(used);
        long told = used.sum(Measure.COST_USD_E6);
        if (told != Measure.ABSENT) {
            return new Cost(told, 0, tokens, 0);
        }
        if (tokens == 0) {
            return Cost.NONE;
        }
        return model.flatMap(this::find)
                .flatMap(priced -> priced.at(millis, prompt))
                .map(price -> new Cost(0, price.nanos(used), tokens, 0))
                .orElseGet(() -> new Cost(0, 0, 0, tokens));
    }

    /// Every token is in exactly one of these, so their sum is what was used.
    public static long tokens(Totals totals) {
        return totals.sumOrZero(Measure.TOKENS_IN)
                + totals.sumOrZero(Measure.TOKENS_OUT)
                + totals.sumOrZero(Measure.CACHE_CREATION_TOKENS)
                + totals.sumOrZero(Measure.CACHE_READ_TOKENS);
    }

    private Optional<PricedModel> find(String model) {
        Optional<PricedModel> known = found.get(model);
        if (known == null) {
            known = search(model).or(() -> below.flatMap(other -> other.find(model)));
            found.put(model, known);
        }
        return known;
    }

    private Optional<PricedModel> search(String model) {
        String whole = folded(model);
        String unbrokered = whole.substring(whole.lastIndexOf('/') + 1);
        for (String name : List.of(whole, unbrokered, dashed(whole), dashed(unbrokered))) {
            Optional<PricedModel> priced = exactly(name);
            if (priced.isPresent()) {
                return priced;
            }
        }
        return Optional.empty();
    }

    private Optional<PricedModel> exactly(String name) {
        return Optional.ofNullable(names.get(name))
                .or(() -> patterned.stream()
                        .filter(priced -> priced.matches(name))
                        .findFirst());
    }

    private static String dashed(String name) {
        return DATE.matcher(name).replaceAll("-$1-$2-$3");
    }

    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
