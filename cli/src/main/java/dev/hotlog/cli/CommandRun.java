// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One verb carried out: its options are parsed, and it is called. Of all verbs only this one is loaded.
final class CommandRun {
    private CommandRun() {}

    /// @return the exit code
    static int of(Verb verb, List<String> all, Desk desk) throws Exception {
        VerbCommand command = verb.command(desk);
        List<Path> folders = new ArrayList<>();
        CommandSpec root = Options.everywhere(folders::add);
        CommandLine line = new CommandLine(root).addSubcommand(verb.word(), described(verb, command));
        ParseResult parsed = line.parseArgs(all.toArray(String[]::new)).subcommand();
        if (parsed.isUsageHelpRequested()) {
            desk.page().text(usage(parsed.commandSpec().commandLine(), desk));
            return Exit.FINE;
        }
        for (Path folder : folders) {
            Words.checkFolder(folder.toString());
            desk.asked(folder);
        }
        return command.call();
    }

    private static CommandLine described(Verb verb, VerbCommand command) {
        CommandSpec spec = CommandSpec.create().name(verb.word());
        spec.usageMessage()
                .description("", verb.summary() + ".", "")
                .abbreviateSynopsis(true)
                .sortOptions(false);
        command.declare(new Options(spec));
        return new CommandLine(spec);
    }

    private static String usage(CommandLine verb, Desk desk) {
        verb.setUsageHelpWidth(Math.clamp(desk.width(), 60, 100));
        return verb.getUsageMessage(desk.ink().isOn() ? Ansi.ON : Ansi.OFF);
    }
}
