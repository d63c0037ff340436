// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// How many columns of a terminal a text takes up. Near enough: no table of all of Unicode, but accents, East Asian
/// characters and emoji are told apart.
final class TextWidth {
    private static final String CUT_MARK = "…";

    private TextWidth() {}

    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += of(c);
            i += Character.charCount(c);
        }
        return width;
    }

    /// The text, its end replaced by a mark when it is wider than that.
    static String cut(String text, int columns) {
        if (text.length() <= columns && of(text) <= columns) {
            return text;
        }
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (width + of(c) > columns - 1) {
                return text.substring(0, end).stripTrailing() + (columns > 0 ? CUT_MARK : "");
            }
            width += of(c);
            end += Character.charCount(c);
        }
        return text;
    }

    /// The text, its beginning replaced by a mark when it is wider than that.
    static String cutStart(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        int width = 0;
        int start = text.length();
        while (start > 0) {
            int c = text.codePointBefore(start);
            if (width + of(c) > columns - 1) {
                break;
            }
            width += of(c);
            start -= Character.charCount(c);
        }
        return (columns > 0 ? CUT_MARK : "") + text.substring(start).stripLeading();
    }

    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1F64F)
                || (c >= 0x1F680 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD)
                || c == 0x2705
                || c == 0x274C
                || c == 0x2728;
    }
}
