// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/// One verb carried out: its options are parsed, and it is called. Of all verbs only this one is loaded.
final class CommandRun {
    private CommandRun() {}

    /// @return the exit code
    static int of(Verb verb, List<String> all, Desk desk) throws Exception {
        Hotlog root = new Hotlog();
        Callable<Integer> command = verb.command(desk);
        CommandLine line = new CommandLine(root).addSubcommand(verb.word(), described(verb, command));
        ParseResult parsed = line.parseArgs(all.toArray(String[]::new)).subcommand();
        if (parsed.isUsageHelpRequested()) {
            desk.page().text(usage(parsed.commandSpec().commandLine(), desk));
            return Exit.FINE;
        }
        if (root.dir != null) {
            Words.checkFolder(root.dir.toString());
        }
        desk.asked(root);
        return command.call();
    }

    private static CommandLine described(Verb verb, Callable<Integer> command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .usageMessage()
                .description("", verb.summary() + ".", "")
                .abbreviateSynopsis(true)
                .sortOptions(false);
        return line;
    }

    private static String usage(CommandLine verb, Desk desk) {
        verb.setUsageHelpWidth(Math.clamp(desk.width(), 60, 100));
        return verb.getUsageMessage(desk.ink().isOn() ? Ansi.ON : Ansi.OFF);
    }
}
