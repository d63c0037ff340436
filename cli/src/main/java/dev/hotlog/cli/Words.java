// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A command line looked at before it is parsed, to learn what is meant: a verb, or the program itself.
///
/// The parser takes longer to load than most commands take to answer, so what can do without it does.
sealed interface Words {
    /// Does what is meant.
    ///
    /// @return the exit code
    int carryOut(Desk desk) throws Exception;

    /// The program is to tell its version.
    record TellVersion() implements Words {
        @Override
        public int carryOut(Desk desk) throws IOException {
            desk.page().line("hotlog " + Version.text());
            return Exit.FINE;
        }
    }

    /// The program is to tell what it is for.
    record TellPurpose() implements Words {
        @Override
        public int carryOut(Desk desk) throws IOException {
            new Welcome(desk).print();
            return Exit.FINE;
        }
    }

    /// A verb is to be carried out, or to tell of itself.
    ///
    /// @param all what there is to parse, the verb and what stands before it included
    record Command(Verb verb, List<String> all) implements Words {
        public Command {
            all = List.copyOf(all);
        }

        @Override
        public int carryOut(Desk desk) throws Exception {
            return CommandRun.of(verb, all, desk);
        }
    }

    /// @throws Refusal when the verb is none of ours, or what stands there without one makes no sense
    static Words of(String... args) throws Refusal {
        for (int at = 0; at < args.length; at++) {
            String word = args[at];
            switch (word) {
                case "--dir" -> {
                    at++;
                    checkFolder(at < args.length ? args[at] : "");
                }
                case "--version", "-V" -> {
                    return new TellVersion();
                }
                case "--help", "-h" -> {
                    return new TellPurpose();
                }
                case "help" -> {
                    return at + 1 == args.length ? new TellPurpose() : help(verb(args[at + 1]));
                }
                default -> {
                    if (!word.startsWith("-")) {
                        return new Command(verb(word), List.of(args));
                    }
                    if (!word.startsWith("--dir=")) {
                        throw Refusal.usage("there is no option '" + word + "' (see 'hotlog --help')");
                    }
                    checkFolder(word.substring("--dir=".length()));
                }
            }
        }
        return new TellPurpose();
    }

    /// A name that is empty, as of a variable that was not set, would mean the folder one happens to be in.
    static void checkFolder(String name) throws Refusal {
        if (name.isEmpty()) {
            throw Refusal.usage("--dir needs the name of a folder (see 'hotlog --help')");
        }
    }

    static void checkHome(Path home) throws Refusal {
        if (!Files.isDirectory(home)) {
            throw Refusal.notFound(home + ": " + (Files.exists(home) ? "is not a folder" : "no such folder"));
        }
    }

    private static Words help(Verb verb) {
        return new Command(verb, List.of(verb.word(), "--help"));
    }

    private static Verb verb(String word) throws Refusal {
        Optional<Verb> verb = Verb.of(word);
        if (verb.isEmpty()) {
            String hint = Verb.nearest(word)
                    .map(near -> "; did you mean '" + near.word() + "'?")
                    .orElse("; 'hotlog --help' lists them");
            throw Refusal.usage("there is no command '" + word + "'" + hint);
        }
        return verb.get();
    }
}
