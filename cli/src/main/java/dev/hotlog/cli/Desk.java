// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.RecoveryReport;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a command works: what comes in and goes out, whose time it is, and which log is meant.
final class Desk {
    private static final int WIDTH_WITHOUT_TERMINAL = 100;
    /// Narrower than that no text can be read.
    private static final int LEAST_TEXT = 20;

    private final Surroundings around;
    private final Page page;
    private final Talk talk;
    private final Ink ink;
    private @Nullable Path asked;

    Desk(Surroundings around) {
        this.around = around;
        page = new Page(around.out());
        talk = new Talk(around.err(), around.terminal());
        ink = Ink.of(around.env(), around.terminal().out());
    }

    /// The command line names the log's folder.
    void asked(Path folder) {
        asked = folder;
    }

    boolean isFolderAsked() {
        return asked != null;
    }

    InputStream in() {
        return around.in();
    }

    boolean readsFromTerminal() {
        return around.terminal().in();
    }

    /// Standard output.
    Page page() {
        return page;
    }

    /// Standard error.
    Talk talk() {
        return talk;
    }

    /// For standard output.
    Ink ink() {
        return ink;
    }

    /// Whether standard output is a terminal.
    boolean onTerminal() {
        return around.terminal().out();
    }

    /// Whether standard output is a terminal that can draw with characters.
    boolean draws() {
        return onTerminal() && around.takesUnicode();
    }

    /// In columns.
    int width() {
        int columns = around.terminal().out() || around.terminal().err()
                ? around.terminal().columns().getAsInt()
                : 0;
        return columns > 0 ? columns : WIDTH_WITHOUT_TERMINAL;
    }

    /// A text in lines that fit beside what stands before each of them: only a terminal sets a limit.
    ///
    /// @param indent the columns that are taken already
    List<String> wrapped(String text, int indent) {
        return onTerminal()
                ? Wrapped.lines(text, Math.max(LEAST_TEXT, width() - indent))
                : text.lines().toList();
    }

    /// How wide a table may be: only a terminal sets a limit.
    int tableWidth() {
        return onTerminal() ? width() : Table.ANY_WIDTH;
    }

    Instant now() {
        return around.clock().instant();
    }

    ZoneId zone() {
        return around.zone().get();
    }

    Surroundings around() {
        return around;
    }

    /// The log's folder.
    Path directory() {
        return Objects.requireNonNullElseGet(asked, around::defaultDirectory);
    }

    /// Says so when the last writer did not close the log, or when it is damaged.
    ///
    /// @return for the exit code of who writes to it
    DamageSeen tellRecovery(RecoveryReport recovery) {
        switch (recovery.outcome()) {
            case CREATED, CLEAN -> {
                // As it should be.
            }
            case RECOVERED -> talk.say("the log was " + withoutDamage(recovery));
        }
        return DamageSeen.atOpening(recovery.damage(), this);
    }

    /// For a line of its own: each damage has one too.
    private static RecoveryReport withoutDamage(RecoveryReport found) {
        return new RecoveryReport(
                found.outcome(), found.nextOffset(), found.copiedBytes(), found.tornBytes(), found.keptIn(), List.of());
    }

    /// What the user types to run this program.
    String command() {
        return around.env().getOrDefault("HOTLOG_COMMAND", "hotlog");
    }

    boolean wantsTraces() {
        return !around.env().getOrDefault("HOTLOG_DEBUG", "").isEmpty();
    }
}
