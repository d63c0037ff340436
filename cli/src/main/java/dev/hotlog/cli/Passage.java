// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// What there is to print of what an event says.
///
/// @param whole whether that is all it says: of what was cut, nobody counts how much it was
record Passage(String text, boolean whole) {
    static Passage whole(String text) {
        return new Passage(text, true);
    }

    Passage cut(int columns) {
        String cut = TextWidth.cut(text, columns);
        return new Passage(cut, whole && cut.equals(text));
    }

    /// Behind a remark in brackets; an empty one is none.
    Passage after(String remark) {
        return remark.isEmpty() ? this : new Passage(("(" + remark + ") " + text).strip(), whole);
    }

    String count(long number, String unit) {
        return (whole ? "" : "at least ") + Figures.count(number, unit);
    }
}
