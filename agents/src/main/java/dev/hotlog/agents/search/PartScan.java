// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.log.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// Looks through one part of a log, by a thread of its own.
///
/// @param newest of the hits in all parts
/// @param stopped whether nobody wants to know any more
record PartScan(Replay part, Query query, NewestTimes newest, BooleanSupplier stopped)
        implements Callable<PartScan.Found> {
    /// What is there.
    ///
    /// @param places of the events that say it, in log order; those may be left out of which there are enough newer
    record Found(List<Place> places, List<Damage> damage) {}

    @Override
    public Found call() {
        List<Place> places = new ArrayList<>();
        List<Damage> damage = new ArrayList<>();
        PayloadSearch search = new PayloadSearch(query);
        try (Replay events = part.onDamage(damage::add)) {
            for (EventView event : events) {
                if (stopped.getAsBoolean()) {
                    break;
                }
                long millis = event.cappedMillis();
                if (millis >= newest.floorMillis() && search.isIn(event)) {
                    places.add(new Place(millis, event.offset()));
                    if (!event.kind().equals(Kind.LIFECYCLE)) { // Of these some are echoes, and left out.
                        newest.add(millis);
                    }
                }
            }
        }
        return new Found(places, damage);
    }
}
