// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import dev.hotlog.event.Measure;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What agents have told that they used, each call once: what a log of their homes has to add up to.
final class Truth {
    private final Map<String, Map<Measure, Long>> used = new TreeMap<>();

    void add(String agent, Measure measure, long tokens) {
        if (tokens > 0) {
            used.computeIfAbsent(agent, _ -> new HashMap<>()).merge(measure, tokens, Long::sum);
        }
    }

    Map<String, Map<Measure, Long>> used() {
        return used;
    }
}
