// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// How many columns of a terminal a text takes up. Near enough: no table of all of Unicode, but accents, East Asian
/// characters and emoji are told apart.
final class TextWidth {
    private static final String CUT_MARK = "…";

    /// Those of the signs below U+2C00 that are emoji by themselves (Unicode's `Emoji_Presentation`).
    private static final String WIDE_SIGNS = "\u231A\u231B\u23E9\u23EA\u23EB\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615"
            + "\u2648\u2649\u264A\u264B\u264C\u264D\u264E\u264F\u2650\u2651\u2652\u2653\u267F\u2693\u26A1\u26AA"
            + "\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B"
            + "\u2728\u274C\u274E\u2753\u2754\u2755\u2757\u2795\u2796\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55";

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
                || WIDE_SIGNS.indexOf(c) >= 0;
    }
}
