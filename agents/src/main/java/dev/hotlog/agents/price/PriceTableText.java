// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import dev.hotlog.event.PromptSize;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table of prices as text: comma-separated columns under a line that names them, `#` before comments. A model with
/// several prices, by date or by size of the prompt, has a line for each. (docs/prices.md)
final class PriceTableText {
    private static final String COLUMNS = "match,from,over,input,output,cache_read,cache_write_5m,cache_write_1h";
    private static final int COLUMN_COUNT = COLUMNS.split(",").length;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /// Digits behind the point of a price: millionths of a dollar.
    private static final int SCALE = 6;
    private static final int WHOLE_DIGITS = 6;

    private final Map<String, PricedModel> models = new LinkedHashMap<>();
    private boolean begun;
    private int number;

    private PriceTableText() {}

    /// The models of the table, in its order.
    static List<PricedModel> models(byte[] text) throws BadPriceTable {
        PriceTableText table = new PriceTableText();
        for (String line : decoded(text).lines().toList()) {
            table.number++;
            table.take(line.strip());
        }
        if (table.models.isEmpty()) {
            throw new BadPriceTable("there is no price in it");
        }
        return List.copyOf(table.models.values());
    }

    private static String decoded(byte[] text) throws BadPriceTable {
        try {
            String all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            return all.startsWith(BYTE_ORDER_MARK) ? all.substring(1) : all;
        } catch (CharacterCodingException _) {
            throw new BadPriceTable("it is not text in UTF-8");
        }
    }

    private void take(String line) throws BadPriceTable {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (begun) {
            takePrice(line);
        } else if (line.equals(COLUMNS)) {
            begun = true;
        } else {
            throw bad("the first line has to be " + COLUMNS);
        }
    }

    private void takePrice(String line) throws BadPriceTable {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMN_COUNT) {
            throw bad("it has " + cells.length + " columns, not " + COLUMN_COUNT);
        }
        String match = cells[0].strip();
        PricedModel model = models.get(match);
        if (model == null) {
            model = new PricedModel(patterns(match));
            models.put(match, model);
        }
        long input = price(cells[3]);
        long output = price(cells[4]);
        // What has no price of its own is charged as what it is a part of.
        long cacheRead = priceOr(cells[5], input);
        long cacheWrite5m = priceOr(cells[6], input);
        long cacheWrite1h = priceOr(cells[7], cacheWrite5m);
        Price price = new Price(input, output, cacheRead, cacheWrite5m, cacheWrite1h);
        if (!model.add(new PricedModel.Row(from(cells[1].strip()), over(cells[2].strip()), price))) {
            throw bad("the price of '" + match + "' from that date on, for that size, was told before");
        }
    }

    private List<ModelPattern> patterns(String match) throws BadPriceTable {
        List<ModelPattern> patterns = new ArrayList<>();
        for (String pattern : match.split(" ")) {
            try {
                patterns.add(ModelPattern.of(pattern));
            } catch (IllegalArgumentException e) {
                throw bad(String.valueOf(e.getMessage()));
            }
        }
        return patterns;
    }

    private long from(String date) throws BadPriceTable {
        if (date.isEmpty()) {
            return Long.MIN_VALUE;
        }
        try {
            return LocalDate.parse(date)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException _) {
            throw bad("'" + date + "' is no date such as 2026-01-31");
        }
    }

    private long over(String tokens) throws BadPriceTable {
        if (tokens.isEmpty()) {
            return 0;
        }
        try {
            long over = Long.parseLong(tokens);
            // Calls are added up by these sizes, so that no other can be told apart.
            if (over > 0 && PromptSize.of(over) != PromptSize.of(over + 1)) {
                return over;
            }
        } catch (NumberFormatException _) {
            // Told below, as other sizes are.
        }
        throw bad("prompts cannot be told apart at '" + tokens + "' tokens, but at 128000, 200000 and 272000");
    }

    private long priceOr(String cell, long otherwise) throws BadPriceTable {
        return cell.isBlank() ? otherwise : price(cell);
    }

    /// In millionths. Read by hand: every question reads the table, and BigDecimals are slow to begin with.
    private long price(String cell) throws BadPriceTable {
        String text = cell.strip();
        int point = text.indexOf('.');
        int wholeDigits = point < 0 ? text.length() : point;
        int fractionDigits = text.length() - Math.min(wholeDigits + 1, text.length());
        boolean isPrice = wholeDigits > 0 && (point < 0 || fractionDigits > 0);
        long price = 0;
        for (int i = 0; i < text.length() && isPrice; i++) {
            if (i != point) {
                int digit = text.charAt(i) - '0';
                isPrice = digit >= 0 && digit <= 9;
                price = price * 10 + digit;
            }
        }
        if (!isPrice) {
            throw bad("'" + text + "' is no price such as 0.25");
        }
        if (wholeDigits > WHOLE_DIGITS || fractionDigits > SCALE) {
            throw bad("the price " + text + " has more than " + WHOLE_DIGITS + " digits before the point, or " + SCALE
                    + " behind it");
        }
        for (int i = fractionDigits; i < SCALE; i++) {
            price *= 10;
        }
        return price;
    }

    private BadPriceTable bad(String problem) {
        return new BadPriceTable(number, problem);
    }
}
