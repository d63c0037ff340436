// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// What the program says of itself when it is not told what to do.
final class Welcome {
    private Welcome() {}

    static String text(Ink ink) {
        StringBuilder text = new StringBuilder();
        text.append("hotlog keeps what AI coding agents did, and answers from it.\n\n");
        text.append("Usage: hotlog [--dir DIR] COMMAND [OPTION...]\n\n");
        heading(text, ink, "Start here");
        example(text, ink, "hotlog demo", "see it work on a small sample");
        example(text, ink, "hotlog import", "take in this machine's transcripts");
        example(text, ink, "hotlog sessions", "what the agents did, newest first");
        example(text, ink, "hotlog show 5d0c", "one of them, told as a timeline");
        example(text, ink, "hotlog report --by agent,model", "what it took, in tokens and money");
        text.append('\n');
        heading(text, ink, "Commands");
        for (Verb verb : Verb.values()) {
            example(text, ink, verb.word(), verb.summary());
        }
        text.append("\n'hotlog COMMAND --help' tells more of each. The log is in --dir DIR, else\n");
        text.append("$HOTLOG_DIR, else in this user's data folder. Nothing leaves this machine.\n");
        return text.toString();
    }

    private static void heading(StringBuilder text, Ink ink, String words) {
        text.append(ink.paint(Colour.BOLD, words)).append('\n');
    }

    private static void example(StringBuilder text, Ink ink, String command, String what) {
        String padded = command + " ".repeat(Math.max(2, (command.startsWith("hotlog") ? 33 : 11) - command.length()));
        text.append("  ").append(ink.paint(Colour.CYAN, padded)).append(what).append('\n');
    }
}
