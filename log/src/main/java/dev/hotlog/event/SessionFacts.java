// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is known of a session beside its events. Each fact is told again whenever it changes; the last one told wins,
/// fact by fact.
///
/// @param sessionId the session, up to 65,535 bytes
/// @param facts name to value, in any order; names are open, the constants here are those that every report knows
public record SessionFacts(String sessionId, Map<String, String> facts) {
    /// The program that ran the session, such as `claude-code`.
    public static final String AGENT = "agent";
    public static final String MODEL = "model";
    /// The directory the agent worked in.
    public static final String WORKSPACE = "workspace";
    /// The version-control branch there.
    public static final String BRANCH = "branch";
    /// The session that started or was forked into this one.
    public static final String PARENT = "parent";
    /// The session that this one went on from with a copy of its history: a parent that did not start it.
    public static final String FORKED_FROM = "forked_from";
    /// The agent's own version.
    public static final String VERSION = "version";
    public static final String TITLE = "title";
    /// Whether the agent has told all that the session used: `complete`, or `incomplete` as long as it has not. Only
    /// for sessions of agents that may never tell it.
    public static final String USAGE = "usage";

    public SessionFacts {
        facts = Map.copyOf(facts);
    }

    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /// These facts, overlaid by newer ones of the same session.
    public SessionFacts overlaidBy(Map<String, String> newer) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.putAll(newer);
        return new SessionFacts(sessionId, all);
    }
}
