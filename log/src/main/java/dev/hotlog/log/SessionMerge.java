// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Totals;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what the segments know of a session.
final class SessionMerge {
    private final Totals totals = new Totals();
    private @Nullable SessionFacts facts;
    private long firstOffset = Long.MAX_VALUE;
    private long lastOffset = -1;
    private long lastSeq;
    private long firstTs = Long.MAX_VALUE;
    private long lastTs = -1;

    private SessionMerge() {}

    /// The session as the whole log knows it; empty when it has no events.
    static Optional<SessionSummary> of(LogView view, String sessionId) {
        SessionMerge parts = new SessionMerge();
        for (IndexedSegment segment : view.segments()) {
            segment.ask(index -> index.session(sessionId)).ifPresent(parts::add);
        }
        return parts.whole();
    }

    private void add(SessionSummary part) {
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

    private Optional<SessionSummary> whole() {
        SessionFacts known = facts;
        if (known == null || totals.events() == 0) {
            return Optional.empty();
        }
        long earliest = firstTs == Long.MAX_VALUE ? lastTs : firstTs;
        return Optional.of(new SessionSummary(known, firstOffset, lastOffset, lastSeq, earliest, lastTs, totals));
    }
}
