// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.Replay;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Finds the events that say what is looked for: the last that the log took in first, and lazily, so that
/// whoever has seen enough waits for no more.
///
/// The log is looked through backwards, some thousand events at a time, or a segment at a time for one
/// session, by a thread for each processor; the parts to come are looked through while the hits of one are
/// taken. Of each part only the offsets of hits are kept, so that memory is bounded whatever there is to
/// find. For one thread, that of who asks.
public final class EventSearch implements AutoCloseable {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    /// So many take some milliseconds to look through, or some ten when most of them may have it.
    private static final int PART_EVENTS = 2_000;

    private final History history;
    private final Query query;
    private final PayloadSearch excerpts;
    private final Consumer<Damage> onDamage;
    private final long most;
    private final Iterator<Replay> parts;
    private final Queue<Future<PartScan.Found>> ahead = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("search-", 0).factory());
    private NewestOffsets offsets = new NewestOffsets(1);
    private Optional<Hit> hit = Optional.empty();
    private volatile boolean stopped;

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
        this.most = most;
        this.parts = history.newestFirst(filter, partEvents).iterator();
    }

    /// Moves to the next hit, which is an older one.
    ///
    /// @return false when there is none
    /// @throws StackOverflowError when a regular expression asks too much of a text
    public boolean advance() throws LogException, InterruptedException {
        hit = Optional.empty();
        while (hit.isEmpty()) {
            while (offsets.isEmpty()) {
                Optional<PartScan.Found> part = nextPart();
                if (part.isEmpty()) {
                    return false;
                }
                part.get().damage().forEach(onDamage);
                offsets = part.get().offsets();
            }
            hit = hitAt(offsets.take());
        }
        return true;
    }

    /// The hit moved to.
    public Hit hit() {
        return hit.orElseThrow();
    }

    private Optional<PartScan.Found> nextPart() throws InterruptedException {
        while (parts.hasNext() && ahead.size() <= THREADS) {
            ahead.add(threads.submit(new PartScan(parts.next(), query, most, () -> stopped)));
        }
        Future<PartScan.Found> next = ahead.poll();
        if (next == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(next.get());
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
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
