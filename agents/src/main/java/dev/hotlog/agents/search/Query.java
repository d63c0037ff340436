// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What is looked for.
///
/// Where case makes no difference, each letter is compared by itself: `ß` is `ẞ`, and not `ss`. A letter of
/// ASCII is none beyond it: `i` is not `İ`, nor `k` the sign of the kelvin.
///
/// @param text not empty
/// @param form whether it is the text itself or a regular expression
public record Query(String text, Form form, Case letters) {
    /// How the text is to be taken.
    public enum Form {
        /// As it is.
        PLAIN,
        /// As [Pattern] has them; `^` and `$` stand at lines, and `.` for no line break.
        REGEX
    }

    /// Whether `A` is `a`.
    public enum Case {
        EXACT,
        IGNORED
    }

    /// An escape of a regular expression: its letter is none that is looked for.
    private static final Pattern ESCAPE = Pattern.compile("\\\\.", Pattern.DOTALL);

    /// @throws PatternSyntaxException when it is no regular expression, but should be
    public Query {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        if (form == Form.REGEX) {
            Pattern.compile(text);
        }
    }

    /// A query that tells capitals from small letters when it has a capital itself.
    public static Query smart(String text, Form form) {
        String letters = form == Form.REGEX ? ESCAPE.matcher(text).replaceAll("") : text;
        boolean capital = letters.codePoints().anyMatch(Character::isUpperCase);
        return new Query(text, form, capital ? Case.EXACT : Case.IGNORED);
    }
}
