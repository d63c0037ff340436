// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.Rollup;
import java.util.HashMap;
import java.util.Map;

/// Adds cells up to what each session cost.
public final class SessionCosts {
    private final PriceTable prices;
    private final Map<String, Cost> costs = new HashMap<>();
    private final Unpriced unpriced = new Unpriced();

    public SessionCosts(PriceTable prices) {
        this.prices = prices;
    }

    public void add(Rollup cell) {
        Cost cost = unpriced.seen(cell.model(), prices.cost(cell));
        costs.merge(cell.sessionId(), cost, Cost::plus);
    }

    public Cost of(String sessionId) {
        return costs.getOrDefault(sessionId, Cost.NONE);
    }

    /// The models whose cost is not known.
    public Unpriced unpriced() {
        return unpriced;
    }
}
