// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionMatch;
import dev.hotlog.event.LogException;
import java.util.List;

/// A session as it is named on a command line: its id, or a beginning of it that no other has.
final class SessionArgument {
    private static final int SHOWN = 4;

    private SessionArgument() {}

    /// The whole id.
    ///
    /// @throws Refusal when no session begins like that, or several do; every session begins with nothing
    static String whole(String asked, History history) throws LogException, Refusal {
        if (asked.isEmpty() && history.session("").isEmpty()) {
            throw Refusal.usage("an empty SESSION names none; 'hotlog sessions' lists them");
        }
        SessionMatch match = history.match(asked);
        if (match instanceof SessionMatch.Several(List<String> ids)) {
            throw Refusal.usage("'" + asked + "' could be any of "
                    + Figures.count(ids.size(), "session") + ": "
                    + String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size())))
                    + (ids.size() > SHOWN ? ", ..." : ""));
        }
        if (match instanceof SessionMatch.One(String id)) {
            return id;
        }
        throw Refusal.notFound("no session '" + asked + "'; 'hotlog sessions' lists them");
    }
}
