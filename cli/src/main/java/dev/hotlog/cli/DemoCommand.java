// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Importer;
import dev.hotlog.agents.ingest.Progress;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import dev.hotlog.agents.report.SessionCosts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A sample taken in, listed and added up, in a log of its own.
final class DemoCommand implements VerbCommand {
    private static final List<Grouping> BY = List.of(Grouping.AGENT, Grouping.MODEL);

    private final Desk desk;

    DemoCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {}

    @Override
    public Integer call() throws IOException, Refusal {
        if (desk.isFolderAsked()) {
            throw Refusal.usage("demo has a log of its own, in " + desk.around().demoDirectory()
                    + "; --dir is for the other commands");
        }
        DemoFolder folder = new DemoFolder(desk.around().demoDirectory());
        Path directory = folder.log();
        try (DemoFolder.Making making = folder.renew()) {
            take(directory);
            making.seal();
        }
        try (History history = History.open(directory)) {
            step("hotlog sessions", "who worked where, newest first");
            PriceTable prices = PriceTable.builtIn();
            String worthAShow = sessions(history, prices);
            step("hotlog report --by agent,model", "what it took, in tokens and money");
            Report report = Report.of(
                    history,
                    BY,
                    GroupKey.of(history, BY, desk.zone(), SessionFilter.ALL),
                    SessionFilter.ALL,
                    Span.ALWAYS,
                    prices);
            new ReportListing(desk, history, report, Optional.empty()).print(Form.TABLE);
            next(directory, worthAShow);
        }
        return Exit.FINE;
    }

    private void take(Path directory) throws IOException {
        step("hotlog import", "what some agents left in a home: a sample");
        Path home = Files.createTempDirectory("hotlog-sample-");
        try (HotLog log = HotLog.open(directory)) {
            SampleHome.unpack(home);
            ImportReport report = new Importer(log, directory, Progress.NONE).home(home, Map.of());
            new ImportTable(desk).print(report);
        } finally {
            SampleHome.remove(home);
        }
    }

    /// Prints the sessions.
    ///
    /// @return a session that is worth a closer look: the one with the most events
    private String sessions(History history, PriceTable prices) throws IOException {
        try (Stream<SessionSummary> all = history.sessions(SessionFilter.ALL, Span.ALWAYS)) {
            List<SessionSummary> sessions = all.toList();
            SessionCosts costs = new SessionCosts(prices);
            history.cells(SessionFilter.ALL, Span.ALWAYS, costs::add);
            ShortIds ids = ShortIds.of(history);
            List<Field<SessionSummary>> fields = new SessionListing(costs).forPeople(ids::of, desk);
            new Listing<>(desk, fields).print(Form.TABLE, sessions);
            return ids.of(sessions.stream()
                    .max(Comparator.comparingLong(session -> session.totals().events()))
                    .orElseThrow()
                    .sessionId());
        }
    }

    private void step(String command, String what) throws IOException {
        desk.page().line();
        desk.page()
                .line(desk.ink().paint(Colour.CYAN, "$ " + command) + "   "
                        + desk.ink().paint(Colour.DIM, "# " + what));
    }

    private void next(Path directory, String session) throws IOException {
        String hotlog = desk.command();
        desk.page().line();
        desk.page().line(desk.ink().paint(Colour.BOLD, "Now you"));
        hint(hotlog + " import", "take in the transcripts on this machine");
        hint(hotlog + " sessions", "and see what is in them");
        hint(hotlog + " --dir " + directory + " show " + session, "or read one of the sample");
        hint(
                "rm -r " + directory.getParent(),
                "the sample's log, which stays until you delete it or run the demo again");
    }

    private void hint(String command, String what) throws IOException {
        desk.page().line("  " + desk.ink().paint(Colour.CYAN, command));
        desk.page().line("      " + what);
    }
}
