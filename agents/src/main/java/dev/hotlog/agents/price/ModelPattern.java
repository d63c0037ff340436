// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

/// The names of models that a price is for: `*` at either end stands for any text, `#` for one digit. Case makes no
/// difference.
///
/// @param text between the stars, in lower case
/// @param open whether anything may stand before it
/// @param unending whether anything may follow it
record ModelPattern(String text, boolean open, boolean unending) {
    private static final char DIGIT = '#';
    private static final char STAR = '*';

    /// @throws IllegalArgumentException when it says nothing, or has a star in its middle
    static ModelPattern of(String pattern) {
        boolean open = pattern.startsWith("*");
        boolean unending = pattern.endsWith("*") && pattern.length() > 1;
        String text = pattern.substring(open ? 1 : 0, pattern.length() - (unending ? 1 : 0));
        if (text.isEmpty() || text.indexOf(STAR) >= 0) {
            throw new IllegalArgumentException("'" + pattern + "' is no name of models: a * stands at an end of one");
        }
        return new ModelPattern(PriceTable.folded(text), open, unending);
    }

    /// Whether it stands for one name alone.
    boolean isName() {
        return !open && !unending && text.indexOf(DIGIT) < 0;
    }

    /// @param name in lower case
    boolean matches(String name) {
        int last = name.length() - text.length();
        int first = open && !unending ? last : 0;
        int end = open && unending ? last : first;
        if (first < 0 || (!open && !unending && last != 0)) {
            return false;
        }
        for (int start = first; start <= end; start++) {
            if (isAt(name, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(String name, int start) {
        if (start + text.length() > name.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = text.charAt(i);
            char found = name.charAt(start + i);
            if (wanted == DIGIT ? found < '0' || found > '9' : wanted != found) {
                return false;
            }
        }
        return true;
    }
}
