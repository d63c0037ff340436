// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Totals;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what the segments know of sessions.
final class SessionMerge {
    private final Map<String, Parts> sessions = new HashMap<>();

    SessionMerge(LogView view) {
        for (IndexedSegment segment : view.segments()) {
            List<SessionSummary> here = segment.ask(index -> {
                List<SessionSummary> all = new ArrayList<>();
                index.sessions(all::add);
                return all;
            });
            for (SessionSummary part : here) {
                sessions.computeIfAbsent(part.sessionId(), _ -> new Parts()).add(part);
            }
        }
    }

    static Optional<SessionSummary> one(LogView view, String sessionId) {
        Parts parts = new Parts();
        for (IndexedSegment segment : view.segments()) {
            segment.ask(index -> index.session(sessionId)).ifPresent(parts::add);
        }
        return parts.whole();
    }

    List<SessionSummary> newestFirst() {
        return sessions.values().stream()
                .flatMap(parts -> parts.whole().stream())
                .sorted(Comparator.comparingLong(SessionSummary::lastTsMillis)
                        .thenComparingLong(SessionSummary::lastOffset)
                        .reversed())
                .toList();
    }

    /// What is known of one session, segment by segment.
    private static final class Parts {
        private final Totals totals = new Totals();
        private @Nullable SessionFacts facts;
        private long firstOffset = Long.MAX_VALUE;
        private long lastOffset = -1;
        private long lastSeq;
        private long firstTs = Long.MAX_VALUE;
        private long lastTs = -1;

        void add(SessionSummary part) {
            facts = facts == null ? part.facts() : facts.overlaidBy(part.facts().facts());
            totals.add(part.totals());
            if (part.totals().events() > 0) {
                firstOffset = Math.min(firstOffset, part.firstOffset());
                lastOffset = Math.max(lastOffset, part.lastOffset());
                lastSeq = Long.compareUnsigned(part.lastSeq(), lastSeq) > 0 ? part.lastSeq() : lastSeq;
                firstTs = Math.min(firstTs, part.firstTsMillis());
                lastTs = Math.max(lastTs, part.lastTsMillis());
            }
        }

        Optional<SessionSummary> whole() {
            SessionFacts known = facts;
            if (known == null || totals.events() == 0) {
                return Optional.empty();
            }
            long earliest = firstTs == Long.MAX_VALUE ? lastTs : firstTs;
            return Optional.of(new SessionSummary(known, firstOffset, lastOffset, lastSeq, earliest, lastTs, totals));
        }
    }
}
