// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionMatch;
import dev.hotlog.event.LogException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Session ids cut as short as they can be and still be told apart: what the user may type to mean them. A session
/// below another goes by its own name.
final class ShortIds {
    private static final int LEAST = 8;

    /// Those that begin as one of the ids to be cut short.
    private final List<String> names = new ArrayList<>();
    /// How many names begin so: most of them alone, and need no other to be compared with.
    private final Map<String, Integer> beginnings = new HashMap<>();

    private boolean sorted;

    /// @param cut the ids to be cut short
    /// @param all that they are to be told apart from
    ShortIds(Collection<String> cut, Collection<String> all) {
        cut.forEach(id -> beginnings.put(beginning(id), 0));
        for (String id : all) {
            String beginning = beginning(id);
            Integer alike = beginnings.get(beginning);
            if (alike != null) {
                beginnings.put(beginning, alike + 1);
                names.add(name(id));
            }
        }
    }

    /// Of any of a log's sessions.
    static ShortIds of(History history) throws LogException {
        Set<String> all = history.sessionIds();
        return new ShortIds(all, all);
    }

    String of(String id) {
        if (beginnings.getOrDefault(beginning(id), 0) <= 1) {
            return beginning(id);
        }
        String name = name(id);
        if (!sorted) {
            Collections.sort(names);
            sorted = true;
        }
        // Sorted, a name has the ones that it shares most with beside it.
        int found = Collections.binarySearch(names, name);
        int lower = found < 0 ? -found - 2 : found - 1;
        int higher = found < 0 ? -found - 1 : found + 1;
        // Sessions below different ones may have the same name.
        if (isNamed(lower, name) || isNamed(higher, name)) {
            return id;
        }
        int least = Math.max(sharedChars(name, lower), sharedChars(name, higher)) + 1;
        return name.substring(0, Math.min(name.length(), Math.max(LEAST, least)));
    }

    private static String name(String id) {
        return SessionMatch.ownName(id).orElse(id);
    }

    /// How the name of that id begins.
    private static String beginning(String id) {
        int start = id.lastIndexOf('/') + 1;
        return id.substring(start, Math.min(id.length(), start + LEAST));
    }

    private boolean isNamed(int place, String name) {
        return place >= 0 && place < names.size() && names.get(place).equals(name);
    }

    private int sharedChars(String name, int place) {
        if (place < 0 || place >= names.size()) {
            return 0;
        }
        int mismatch = Arrays.mismatch(name.toCharArray(), names.get(place).toCharArray());
        return mismatch < 0 ? name.length() : mismatch;
    }
}
