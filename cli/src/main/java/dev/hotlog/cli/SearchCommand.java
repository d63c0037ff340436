// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.search.EventSearch;
import dev.hotlog.agents.search.Query;
import java.io.IOException;
import java.util.regex.PatternSyntaxException;

/// What was said, and where.
final class SearchCommand implements VerbCommand {
    String text = "";

    long limit = 20;

    boolean all;

    boolean caseSensitive;

    boolean ignoreCase;

    boolean regex;

    final EventOptions events = new EventOptions();

    final JsonOption json = new JsonOption();

    private final Desk desk;

    SearchCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.parameter("TEXT", "What to look for, as one word to the shell.", value -> text = value);
        options.number("-n, --limit", "N", "At most so many events (" + limit + ").", value -> limit = value);
        options.flag("--all", "All of them.", () -> all = true);
        options.flag(
                "-s, --case-sensitive",
                "Tell capitals from small letters, whatever TEXT has.",
                () -> caseSensitive = true);
        options.flag("-i, --ignore-case", "Do not, whatever TEXT has.", () -> ignoreCase = true);
        options.flag("--regex", "TEXT is a regular expression, as Java has them.", () -> regex = true);
        events.declare(options);
        json.declare(options);
        options.footer("""
                Looks through prompts, answers, and what tools were told and gave back, the newest first. Case makes
                a difference when TEXT has a capital. Exit code 1 when nothing is found.""");
    }

    @Override
    public Integer call() throws IOException, Refusal, InterruptedException {
        if (limit < 0) {
            throw Refusal.usage("--limit " + limit + " is less than no event at all");
        }
        Query query = query();
        DamageSeen damage = new DamageSeen(desk.talk());
        try (History history = History.open(desk.directory())) {
            EventFilter filter = events.filter(0, history, desk);
            // One more than is printed tells whether there are more.
            long most = all ? Long.MAX_VALUE : Math.min(limit, Long.MAX_VALUE - 1) + 1;
            boolean any;
            try (EventSearch search = new EventSearch(history, filter, query, most, damage)) {
                any = print(search, history);
            } catch (StackOverflowError _) {
                throw Refusal.usage("the regular expression repeats a group too often in a long text; where it can be,"
                        + " repeat a character class instead");
            }
            int names = NamesAsked.check(filter, history, desk);
            if (!any && names == Exit.FINE && !json.on) {
                desk.talk().say("nothing found");
            }
            return damage.exitCode(any ? names : Exit.NO);
        }
    }

    private Query query() throws Refusal {
        if (text.isEmpty()) {
            throw Refusal.usage("an empty TEXT is everywhere; 'hotlog replay' prints all events");
        }
        if (caseSensitive && ignoreCase) {
            throw Refusal.usage("--case-sensitive and --ignore-case together make no sense");
        }
        Query.Form form = regex ? Query.Form.REGEX : Query.Form.PLAIN;
        try {
            if (caseSensitive || ignoreCase) {
                return new Query(text, form, caseSensitive ? Query.Case.EXACT : Query.Case.IGNORED);
            }
            return Query.smart(text, form);
        } catch (PatternSyntaxException e) {
            throw Refusal.usage("'" + text + "' is no regular expression: " + e.getDescription());
        }
    }

    /// @return whether there was any
    private boolean print(EventSearch search, History history) throws IOException, InterruptedException {
        HitPrinter out = json.on ? new HitJson(desk.page(), history) : new HitText(desk, history);
        long printed = 0;
        while (search.advance()) {
            if (!all && printed == limit) {
                if (!json.on) {
                    desk.talk().tell("(there are more: --all, or a larger -n)");
                }
                return true;
            }
            out.print(search.hit());
            // Older ones may take their time.
            desk.page().flush();
            printed++;
        }
        return printed > 0;
    }
}
