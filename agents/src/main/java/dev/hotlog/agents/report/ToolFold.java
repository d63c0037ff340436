// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.History;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Adds events, in log order, up to how each tool was used. What a fork or a resumed session has copied counts once.
public final class ToolFold {
    private final CalledBefore before = new CalledBefore();
    private final CallTimes times = new CallTimes();
    private final Map<String, Sum> tools = new HashMap<>();

    public void add(EventView event) {
        boolean copy = before.isCopy(event);
        boolean ofCall = times.isAwaited(event);
        // A copied call may be the only one whose session has the result.
        OptionalLong took = times.next(event);
        event.tool().filter(_ -> !copy).ifPresent(tool -> {
            Sum sum = tools.computeIfAbsent(tool, _ -> new Sum());
            sum.calls += event.kind().equals(Kind.TOOL_CALL) ? 1 : 0;
            sum.errors += History.isError(event) ? 1 : 0;
            if (ofCall) {
                took.ifPresent(sum.times::add);
            }
        });
    }

    /// What was added so far, the most called first.
    public List<ToolUse> tools() {
        return tools.entrySet().stream()
                .map(each -> each.getValue().of(each.getKey()))
                .sorted(Comparator.comparingLong(ToolUse::calls).reversed().thenComparing(ToolUse::tool))
                .toList();
    }

    private static final class Sum {
        private long calls;
        private long errors;
        private final Durations times = new Durations();

        ToolUse of(String tool) {
            return new ToolUse(tool, calls, errors, times);
        }
    }
}
