// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.ImportReport.AgentTally;
import dev.hotlog.agents.watch.Watch;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What agents do, taken in as they do it.
final class WatchCommand implements VerbCommand {
    private static final Path NOWHERE = Path.of("");

    @Nullable
    Path home;

    boolean quiet;

    boolean install;

    boolean uninstall;

    final JsonOption json = new JsonOption();

    private final Desk desk;

    WatchCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.path("--home", "DIR", "Follow the agents of that user's home.", value -> home = value);
        options.flag("--quiet", "Do not tell what was taken in, only what is wrong.", () -> quiet = true);
        options.flag("--install", "Write the service file that starts this with your session.", () -> install = true);
        options.flag("--uninstall", "Delete it again.", () -> uninstall = true);
        json.declare(options);
        options.footer("""
                Takes in what is new, as import does, and then what comes, within a second of its being written. It is
                the log's one writer until it ends; everything that reads works beside it. Ctrl-C ends it.

                --install has it start with your session: it writes a service file, for systemd or launchd, and prints
                the command that starts it. Nothing is started for you.""");
    }

    @Override
    public Integer call() throws IOException, Refusal, InterruptedException {
        if (NOWHERE.equals(home)) {
            throw Refusal.usage("an empty name is no folder; '.' is the folder you are in");
        }
        if (install && uninstall) {
            throw Refusal.usage("--install and --uninstall together make no sense");
        }
        if (install) {
            return new ServiceInstall(desk).install(home);
        }
        if (uninstall) {
            return new ServiceInstall(desk).uninstall();
        }
        return watch();
    }

    private int watch() throws IOException, Refusal, InterruptedException {
        if (home != null) {
            Words.checkHome(home);
        }
        Path whose = home == null ? desk.around().home() : home;
        // Where an agent was told to look elsewhere goes for this user's home alone.
        Map<String, String> environment = home == null ? desk.around().env() : Map.of();
        Progress progress = new Progress(desk, "read");
        DamageSeen damage;
        try (HotLog log = HotLog.open(desk.directory())) {
            damage = desk.tellRecovery(log.recovery());
            if (!quiet) {
                desk.talk().say("following what agents write in " + whose + "; Ctrl-C ends it");
            }
            try (Watch watch = new Watch(
                            log,
                            desk.directory(),
                            whose,
                            environment,
                            desk.around().clock(),
                            (file, done, total) -> progress.done(done, total, String.valueOf(file.getFileName())),
                            this::tell);
                    Closeable _ = desk.around().stop().closing(watch)) {
                watch.run();
            }
        } finally {
            desk.talk().endProgress();
        }
        return damage.exitCode();
    }

    private void tell(ImportReport report) {
        if (json.on) {
            try {
                ImportJson.write(desk.page(), report);
                desk.page().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (!quiet && report.events() > 0) {
            desk.talk()
                    .say(report.agents().stream()
                            .filter(agent -> agent.events() > 0)
                            .map(WatchCommand::took)
                            .collect(Collectors.joining(
                                    ", ",
                                    Moments.of("HH:mm:ss", desk.zone())
                                                    .text(desk.now().toEpochMilli()) + "  ",
                                    "")));
        }
        new ImportProblems(desk).tell(report, true);
        DamageSeen.atOpening(report.logDamage(), desk);
    }

    private static String took(AgentTally agent) {
        return agent.agent() + " " + Figures.count(agent.events(), "event");
    }

    /// The process of a watch that has the log; nothing when another command has it, or nobody can tell.
    static OptionalLong processBehind(LogException.Locked locked) {
        OptionalLong pid = locked.pid();
        boolean watching = pid.isPresent()
                && ProcessHandle.of(pid.getAsLong())
                        .flatMap(process -> process.info().arguments())
                        .filter(words -> Arrays.asList(words).contains(Verb.WATCH.word()))
                        .isPresent();
        return watching ? pid : OptionalLong.empty();
    }
}
