// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the first place in a text that answers to a query. For any thread.
sealed interface TextPattern {
    /// A place in a text.
    ///
    /// @param end behind its last character
    record Place(int start, int end) {}

    Optional<Place> find(String text);

    static TextPattern of(Query query) {
        boolean exact = query.letters() == Query.Case.EXACT;
        return switch (query.form()) {
            case PLAIN -> exact ? new Exact(query.text()) : new Folded(Folded.fold(query.text()));
            case REGEX ->
                new Regex(Pattern.compile(
                        query.text(),
                        Pattern.MULTILINE | (exact ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
        };
    }

    /// The text as it is.
    record Exact(String wanted) implements TextPattern {
        @Override
        public Optional<Place> find(String text) {
            int at = text.indexOf(wanted);
            return at < 0 ? Optional.empty() : Optional.of(new Place(at, at + wanted.length()));
        }
    }

    /// The text whatever its case.
    ///
    /// @param wanted folded
    record Folded(String wanted) implements TextPattern {
        private static final char FIRST_BEYOND_ASCII = 0x80;

        @Override
        public Optional<Place> find(String text) {
            char first = wanted.charAt(0);
            for (int at = 0; at <= text.length() - wanted.length(); at++) {
                if (fold(text.charAt(at)) == first && isAt(text, at)) {
                    return Optional.of(new Place(at, at + wanted.length()));
                }
            }
            return Optional.empty();
        }

        private boolean isAt(String text, int at) {
            for (int i = 1; i < wanted.length(); i++) {
                if (fold(text.charAt(at + i)) != wanted.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        static String fold(String text) {
            StringBuilder folded = new StringBuilder(text);
            for (int i = 0; i < folded.length(); i++) {
                folded.setCharAt(i, fold(folded.charAt(i)));
            }
            return folded.toString();
        }

        /// The same for a letter in either case.
        private static char fold(char c) {
            if (c < FIRST_BEYOND_ASCII) {
                return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            }
            char small = Character.toLowerCase(Character.toUpperCase(c));
            // The bytes of ASCII letters are looked for as what they are.
            return small < FIRST_BEYOND_ASCII ? c : small;
        }
    }

    /// A regular expression.
    record Regex(Pattern pattern) implements TextPattern {
        @Override
        public Optional<Place> find(String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? Optional.of(new Place(matcher.start(), matcher.end())) : Optional.empty();
        }
    }
}
