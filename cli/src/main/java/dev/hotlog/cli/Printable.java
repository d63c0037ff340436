// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// Texts of others, made fit to show: transcripts hold whatever agents and tools said, escape sequences included,
/// and none of it may steer the terminal.
final class Printable {
    private static final int CONTROL_PICTURES = 0x2400;

    private Printable() {}

    /// The text on one line: every run of space or line breaks is one space, and there is none at the ends.
    static String line(String text) {
        return within(text).strip();
    }

    /// A part of a text that is to stand on one line with others: as [#line], but a space at an end stays one.
    static String within(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || c == 0xA0) {
                gap = true;
            } else {
                if (gap) {
                    line.append(' ');
                }
                gap = false;
                show(c, line);
            }
        }
        return gap ? line.append(' ').toString() : line.toString();
    }

    /// The text with its line breaks; a tab is four spaces.
    static String block(String text) {
        StringBuilder block = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\n' -> block.append('\n');
                case '\t' -> block.append("    ");
                case '\r' -> {
                    // Of a line break's two characters the other is enough.
                }
                default -> show(c, block);
            }
        }
        return block.toString();
    }

    private static void show(int c, StringBuilder to) {
        if (c < ' ') {
            to.appendCodePoint(CONTROL_PICTURES + c);
        } else if ((c >= 0x7F && c < 0xA0) || turnsDirection(c)) {
            to.append('\uFFFD');
        } else {
            to.appendCodePoint(c);
        }
    }

    /// Whether it would have what follows shown in another order than it is written.
    private static boolean turnsDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
