// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the program can be told to do, and what makes each of them.
enum Verb {
    DEMO("Try it all on a small sample, in a log of its own"),
    IMPORT("Take in what agents left on this machine"),
    WATCH("Stay, and take in what agents do as they do it"),
    HOOKS("Have an agent tell what it does as it does it"),
    AGENTS("Tell which agents have left what, where, and what they will delete"),
    APPEND("Take in events as JSON Lines from standard input"),
    SESSIONS("List sessions, newest first"),
    SHOW("Tell one session as a timeline"),
    REPORT("Add up tokens and costs by day, session, project, agent, model, ..."),
    TOOLS("Tell how often tools were called and failed, and how long they took"),
    REPRICE("Derive all costs anew, by other prices or by the built-in ones"),
    SEARCH("Find what was said: by you, by agents, to tools and by tools"),
    GET("Print one event"),
    REPLAY("Print events as JSON Lines, in log order"),
    TAIL("Print the last events, and those to come"),
    INFO("Tell what the log holds"),
    VERIFY("Check every byte of the log"),
    REPAIR("Move damage aside and make the log fit to append to");

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String summary;

    Verb(String summary) {
        this.summary = summary;
    }

    String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    VerbCommand command(Desk desk) {
        return switch (this) {
            case DEMO -> new DemoCommand(desk);
            case IMPORT -> new ImportCommand(desk);
            case WATCH -> new WatchCommand(desk);
            case HOOKS -> new HooksCommand(desk);
            case AGENTS -> new AgentsCommand(desk);
            case APPEND -> new AppendCommand(desk);
            case SESSIONS -> new SessionsCommand(desk);
            case SHOW -> new ShowCommand(desk);
            case REPORT -> new ReportCommand(desk);
            case TOOLS -> new ToolsCommand(desk);
            case REPRICE -> new RepriceCommand(desk);
            case SEARCH -> new SearchCommand(desk);
            case GET -> new GetCommand(desk);
            case REPLAY -> new ReplayCommand(desk);
            case TAIL -> new TailCommand(desk);
            case INFO -> new InfoCommand(desk);
            case VERIFY -> new VerifyCommand(desk);
            case REPAIR -> new RepairCommand(desk);
        };
    }

    static Optional<Verb> of(String word) {
        return Stream.of(values()).filter(verb -> verb.word.equals(word)).findAny();
    }

    /// The verb that was probably meant: one that begins so, or is at most two letters off.
    static Optional<Verb> nearest(String word) {
        return Spelling.nearest(word, Stream.of(values()).map(Verb::word).toList())
                .flatMap(Verb::of);
    }
}
