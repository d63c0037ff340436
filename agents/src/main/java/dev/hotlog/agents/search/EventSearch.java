// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.log.Replay;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Finds the events that say what is looked for: the newest first, and lazily, so that whoever has seen enough waits
/// for little more.
///
/// The log is looked through in parts of some thousand events, or of a segment for one session, by a thread for each
/// processor; those parts come first that may have the newest events, by the indexes. A hit is held until no part to
/// come can have a newer one. What is older than as many hits as are wanted is not looked into. Memory holds
/// time and offset of each hit that waits. For one thread, that of who asks.
public final class EventSearch implements AutoCloseable {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    /// So many take some milliseconds to look through, or some ten when most of them may have it.
    private static final int PART_EVENTS = 2_000;

    private final History history;
    private final Query query;
    private final PayloadSearch excerpts;
    private final Consumer<Damage> onDamage;
    private final NewestTimes newest;
    private final Iterator<Part> parts;
    private final Queue<Scanning> ahead = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("search-", 0).factory());
    private final PriorityQueue<Place> waiting = new PriorityQueue<>();
    private Optional<Hit> hit = Optional.empty();
    /// The hit behind that, when it was asked for already.
    private Optional<Hit> following = Optional.empty();
    private volatile boolean stopped;

    /// @param newestMillis no event of it is newer
    private record Part(Replay events, long newestMillis) {
        static final Comparator<Part> NEWEST_FIRST = (one, other) -> Long.compare(other.newestMillis, one.newestMillis);
    }

    private record Scanning(Part part, Future<PartScan.Found> found) {}

    /// @param filter the events to look through
    /// @param most so many of the newest are enough; one at least
    /// @param onDamage is told of damage as it is met
    public EventSearch(History history, EventFilter filter, Query query, long most, Consumer<Damage> onDamage)
            throws LogException {
        this(history, filter, query, most, onDamage, PART_EVENTS);
    }

    EventSearch(History history, EventFilter filter, Query query, long most, Consumer<Damage> onDamage, int partEvents)
            throws LogException {
        this.history = history;
        this.query = query;
        this.excerpts = new PayloadSearch(query);
        this.onDamage = onDamage;
        this.newest = new NewestTimes(most);
        List<Part> all = new ArrayList<>();
        for (Replay part : history.lastFirst(filter, partEvents)) {
            // The first one tells what cannot be read at all, and may not be passed over.
            all.add(new Part(part, all.isEmpty() ? Long.MAX_VALUE : part.newestMillis()));
        }
        all.sort(Part.NEWEST_FIRST);
        this.parts = all.iterator();
        scanAhead();
    }

    /// Moves to the next hit, which is an older one.
    ///
    /// @return false when there is none
    /// @throws StackOverflowError when a regular expression asks too much of a text
    public boolean advance() throws LogException, InterruptedException {
        Optional<Hit> before = hit;
        hit = next();
        while (hit.isPresent() && isEcho(hit.get(), before)) {
            hit = next();
        }
        return hit.isPresent();
    }

    /// Whether it only shows what a message next to it says: some agents write what went to the model and what the
    /// user was shown.
    private boolean isEcho(Hit shown, Optional<Hit> before) throws LogException, InterruptedException {
        if (!shown.event().kind().equals(Kind.LIFECYCLE)) {
            return false;
        }
        if (before.filter(shown::echoes).isPresent()) {
            return true;
        }
        following = next();
        return following.filter(shown::echoes).isPresent();
    }

    private Optional<Hit> next() throws LogException, InterruptedException {
        Optional<Hit> next = following;
        following = Optional.empty();
        while (next.isEmpty()) {
            while (mayComeNewer()) {
                takeIn(nextFound());
            }
            Place place = waiting.poll();
            if (place == null) {
                return Optional.empty();
            }
            next = hitAt(place.offset());
        }
        return next;
    }

    /// Whether a part to come may have a hit that belongs before those that wait.
    private boolean mayComeNewer() {
        Scanning next = ahead.peek();
        if (next == null) {
            return false;
        }
        Place first = waiting.peek();
        return first == null || next.part().newestMillis() >= first.millis();
    }

    /// The hit moved to.
    public Hit hit() {
        return hit.orElseThrow();
    }

    private void scanAhead() {
        while (parts.hasNext() && ahead.size() <= THREADS) {
            Part part = parts.next();
            if (part.newestMillis() >= newest.floorMillis()) {
                PartScan scan = new PartScan(part.events(), query, newest, () -> stopped);
                ahead.add(new Scanning(part, threads.submit(scan)));
            }
        }
    }

    private PartScan.Found nextFound() throws InterruptedException {
        try {
            return ahead.remove().found().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            scanAhead();
        }
    }

    private void takeIn(PartScan.Found found) {
        found.damage().forEach(onDamage);
        waiting.addAll(found.places());
    }

    private Optional<Hit> hitAt(long offset) throws LogException {
        Optional<Event> event = history.at(offset);
        return event.flatMap(found -> excerpts.first(found.payload()).map(excerpt -> new Hit(offset, found, excerpt)));
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }
}
