// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sessions of a log, the one with the latest event first: a segment is asked for its sessions once
/// none of the others can have a later one, so that the first page costs no more in a long history than
/// in a short one. For one thread.
final class NewestSessions implements Iterator<SessionSummary> {
    private static final Comparator<SessionSummary> OF_ONE_TIME =
            (one, other) -> Long.compare(other.lastOffset(), one.lastOffset());

    private final LogView view;
    private final PriorityQueue<Lead> leads = new PriorityQueue<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<SessionSummary> ready = new ArrayDeque<>();

    NewestSessions(LogView view) {
        this.view = view;
        for (IndexedSegment segment : view.segments()) {
            leads.add(new Lead(segment.ask(index -> index.newestMillis()), segment, null));
        }
    }

    /// Where the session with the latest event may be found.
    ///
    /// @param millis the latest time of an event there
    /// @param sessionId null for those of the whole segment
    private record Lead(
            long millis, IndexedSegment segment, @Nullable String sessionId) implements Comparable<Lead> {
        /// Of one time, whole segments come first: all sessions of that time must be known before the first is given.
        @Override
        public int compareTo(Lead other) {
            int latestFirst = Long.compare(other.millis, millis);
            return latestFirst != 0 ? latestFirst : Boolean.compare(sessionId != null, other.sessionId != null);
        }
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !leads.isEmpty()) {
            gatherLatest();
        }
        return !ready.isEmpty();
    }

    @Override
    public SessionSummary next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /// Makes those ready of which the latest event is of the latest time that is left.
    private void gatherLatest() {
        long millis = leads.element().millis;
        List<SessionSummary> latest = new ArrayList<>();
        while (!leads.isEmpty() && leads.element().millis == millis) {
            Lead lead = leads.remove();
            Optional.ofNullable(lead.sessionId)
                    .ifPresentOrElse(id -> latest.addAll(unseen(id)), () -> leads.addAll(sessionsOf(lead.segment)));
        }
        latest.sort(OF_ONE_TIME);
        ready.addAll(latest);
    }

    private List<SessionSummary> unseen(String sessionId) {
        return seen.add(sessionId) ? SessionMerge.of(view, sessionId).stream().toList() : List.of();
    }

    private static List<Lead> sessionsOf(IndexedSegment segment) {
        return segment.ask(index -> {
            List<Lead> here = new ArrayList<>();
            index.lastTimes((sessionId, millis) -> here.add(new Lead(millis, segment, sessionId)));
            return here;
        });
    }
}
