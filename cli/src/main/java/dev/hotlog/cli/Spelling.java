// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses what was meant by a word that is none.
final class Spelling {
    private static final int MOST_LETTERS_OFF = 2;

    private Spelling() {}

    /// The word that was probably meant: one that begins so, or is at most two letters off. Upper and lower case are
    /// one. An empty word is the beginning of all, and stands for none.
    static Optional<String> nearest(String word, Collection<String> words) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        String small = word.toLowerCase(Locale.ROOT);
        Optional<String> longer = words.stream()
                .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(small))
                .findFirst();
        int most = Math.min(MOST_LETTERS_OFF, word.length() / 2);
        return longer.or(() -> words.stream()
                .filter(each -> lettersOff(small, each) <= most)
                .min(Comparator.comparingInt(each -> lettersOff(small, each))));
    }

    /// How many letters must be put in, left out or changed to make one word of the other.
    private static int lettersOff(String small, String other) {
        String b = other.toLowerCase(Locale.ROOT);
        if (Math.abs(small.length() - b.length()) > MOST_LETTERS_OFF) {
            return Integer.MAX_VALUE;
        }
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= small.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = last[j - 1] + (small.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(last[j], row[j - 1]));
            }
            last = row;
        }
        return last[b.length()];
    }
}
