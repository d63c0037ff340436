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

/// Session ids cut as short as they can be and still be told apart: what the user may type to mean them. A session
/// below another goes by its own name.
final class ShortIds {
    private static final int LEAST = 8;

    private final List<String> names = new ArrayList<>();
    /// How many names begin so: most of them alone, and need no other to be compared with.
    private final Map<String, Integer> beginnings = new HashMap<>();

    private boolean sorted;

    ShortIds(Collection<String> ids) {
        for (String id : ids) {
            String name = name(id);
            names.add(name);
            beginnings.merge(beginning(name), 1, Integer::sum);
        }
    }

    static ShortIds of(History history) throws LogException {
        return new ShortIds(history.sessionIds());
    }

    /// How many sessions there are.
    int count() {
        return names.size();
    }

    String of(String id) {
        String name = name(id);
        if (beginnings.getOrDefault(beginning(name), 0) <= 1) {
            return beginning(name);
        }
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

    private static String beginning(String name) {
        return name.substring(0, Math.min(name.length(), LEAST));
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
