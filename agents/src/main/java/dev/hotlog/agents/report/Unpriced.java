// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.price.Cost;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Tokens whose cost is not known, and the models they are of.
public final class Unpriced {
    private final Set<String> models = new TreeSet<>();
    private boolean someUntold;
    private Cost all = Cost.NONE;

    /// Takes note of what calls to a model cost.
    ///
    /// @return that cost
    Cost seen(Optional<String> model, Cost cost) {
        all = all.plus(cost);
        if (cost.isPartial()) {
            model.ifPresentOrElse(models::add, () -> someUntold = true);
        }
        return cost;
    }

    /// The cost of everything, what is known of it included.
    public Cost ofAll() {
        return all;
    }

    /// The models without a price, sorted.
    public Collection<String> models() {
        return Collections.unmodifiableSet(models);
    }

    /// Whether there are calls of which the agent did not tell the model.
    public boolean hasUntoldModels() {
        return someUntold;
    }
}
