// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What has been counted of one message's usage: for each request, the greatest figures so far.
///
/// Most messages come of one request. As text, a line for each: the figures, whether only a side
/// conversation told them, and the request's id.
final class CountedFigures {
    /// The last ones are parts of others, and grow beside them. Earlier versions counted fewer of these.
    private static final List<Measure> COUNTED = Stream.concat(
                    Usage.COUNTED.stream(), Stream.of(Measure.REASONING_TOKENS, Measure.CACHE_CREATION_1H_TOKENS))
            .toList();
    private static final Pattern LINE =
            Pattern.compile("(?<figures>(?:[0-9]+ ){4," + COUNTED.size() + "})(?:main|(?<side>side)) (?<id>.*)");
    private static final int MAX_REQUESTS = 16;

    private static final class Request {
        String id;
        boolean sidechain;
        final long[] greatest = new long[COUNTED.size()];

        Request(String id, boolean sidechain) {
            this.id = id;
            this.sidechain = sidechain;
        }
    }

    private final List<Request> requests = new ArrayList<>();

    /// Counts one more telling; the Cost event of what it adds, if it adds anything.
    Optional<Event> count(String requestId, boolean sidechain, Event cost) {
        Request request = request(requestId, sidechain);
        Event.Builder added = cost.toBuilder();
        boolean any = false;
        for (int i = 0; i < COUNTED.size(); i++) {
            long told = cost.measure(COUNTED.get(i));
            if (told != Measure.ABSENT) {
                long more = Math.max(0, told - request.greatest[i]);
                added.measure(COUNTED.get(i), more);
                request.greatest[i] += more;
                any |= more > 0;
            }
        }
        return any ? Optional.of(added.build()) : Optional.empty();
    }

    /// The request that a telling is of. A side conversation replays messages under requests of its own,
    /// and some tellings name none: these are copies of a request that is known.
    private Request request(String id, boolean sidechain) {
        for (Request known : requests) {
            if (known.id.equals(id)) {
                known.sidechain &= sidechain;
                return known;
            }
        }
        for (Request known : requests) {
            boolean copy = sidechain || known.sidechain || id.isEmpty() || known.id.isEmpty();
            if (copy || requests.size() == MAX_REQUESTS) {
                if (known.id.isEmpty() || (known.sidechain && !sidechain)) {
                    known.id = id;
                    known.sidechain = sidechain;
                }
                return known;
            }
        }
        Request unknown = new Request(id, sidechain);
        requests.add(unknown);
        return unknown;
    }

    String asText() {
        StringBuilder text = new StringBuilder();
        for (Request request : requests) {
            for (long figure : request.greatest) {
                text.append(figure).append(' ');
            }
            text.append(request.sidechain ? "side " : "main ")
                    .append(request.id.replace('\n', ' '))
                    .append('\n');
        }
        return text.toString();
    }

    static CountedFigures parse(String text) {
        CountedFigures parsed = new CountedFigures();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            Request request = new Request(line.group("id"), line.group("side") != null);
            String[] figures = line.group("figures").split(" ");
            for (int i = 0; i < figures.length; i++) {
                request.greatest[i] = Long.parseLong(figures[i]);
            }
            parsed.requests.add(request);
        });
        return parsed;
    }
}
