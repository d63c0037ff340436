// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.log.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// Looks through one part of a log, by a thread of its own.
///
/// @param most so many of the newest are enough
/// @param stopped whether nobody wants to know any more
record PartScan(Replay part, Query query, long most, BooleanSupplier stopped) implements Callable<PartScan.Found> {
    /// What is there.
    ///
    /// @param offsets of the events that say it
    record Found(NewestOffsets offsets, List<Damage> damage) {}

    @Override
    public Found call() {
        NewestOffsets offsets = new NewestOffsets(most);
        List<Damage> damage = new ArrayList<>();
        PayloadSearch search = new PayloadSearch(query);
        try (Replay events = part.onDamage(damage::add)) {
            for (EventView event : events) {
                if (stopped.getAsBoolean()) {
                    break;
                }
                if (search.isIn(event)) {
                    offsets.add(event.offset());
                }
            }
        }
        return new Found(offsets, damage);
    }
}
