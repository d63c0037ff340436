// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

/// A part of what is looked for that every payload with a match has, byte for byte but for its case.
///
/// Payloads are JSON as agents wrote it, and JSON can say most characters in several ways. Letters, digits,
/// spaces and some signs of ASCII every agent's writer leaves as they are.
final class RequiredText {
    /// What no writer escapes: some do `"`, `\`, `/`, `<`, `>`, `&`, `'`, `+`, `=` or a grave.
    private static final String PLAIN_SIGNS = " _-,:;!#%@~.()[]{}?$*^|";

    /// What may make what stands beside it optional in ways that are not looked into.
    private static final String CHOICES = "|([";

    /// Behind a backslash these stand for one place or character, and nothing behind them belongs to them.
    private static final String SHORT_ESCAPES = "bBdDsSwW";

    /// Where Unicode has case, these have a third form beyond ASCII.
    private static final String THREEFOLD = "iIkKsS";

    private final StringBuilder run = new StringBuilder();
    private String longest = "";

    private RequiredText() {}

    /// The longest such part; empty when there is none, or none is known.
    static String of(Query query) {
        RequiredText required = new RequiredText();
        return switch (query.form()) {
            case PLAIN -> required.ofPlain(query.text());
            case REGEX -> required.ofRegex(query.text(), query.letters() == Query.Case.IGNORED);
        };
    }

    private String ofPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                run.append(c);
            } else {
                endRun();
            }
        }
        return endRun();
    }

    /// Expressions with choices, groups or classes are not looked into.
    private String ofRegex(String regex, boolean ignoringCase) {
        if (regex.chars().anyMatch(c -> CHOICES.indexOf(c) >= 0)) {
            return "";
        }
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            switch (c) {
                case '\\' -> {
                    endRun();
                    i++;
                    char escaped = regex.charAt(i);
                    if (isLetterOrDigit(escaped) && SHORT_ESCAPES.indexOf(escaped) < 0) {
                        return "";
                    }
                }
                case '?', '*', '{' -> {
                    // What stands before it need not be there.
                    run.setLength(Math.max(0, run.length() - 1));
                    endRun();
                    i = c == '{' ? regex.indexOf('}', i) : i;
                }
                case '+', '.', '^', '$' -> endRun();
                default -> {
                    if (isPlain(c) && !(ignoringCase && THREEFOLD.indexOf(c) >= 0)) {
                        run.append(c);
                    } else {
                        endRun();
                    }
                }
            }
        }
        return endRun();
    }

    private String endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
        return longest;
    }

    private static boolean isPlain(char c) {
        return isLetterOrDigit(c) || PLAIN_SIGNS.indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
