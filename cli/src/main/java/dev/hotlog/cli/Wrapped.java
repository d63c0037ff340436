// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.ArrayList;
import java.util.List;

/// A text laid out in lines of at most some columns, broken at spaces where there are any.
final class Wrapped {
    private Wrapped() {}

    static List<String> lines(String text, int columns) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> wrap(line, columns, lines));
        return lines;
    }

    /// A line laid out in several, broken at spaces alone: a word that is longer than that stays whole.
    static List<String> words(String line, int columns) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        int end = 0;
        for (int space = line.indexOf(' '); end < line.length(); space = line.indexOf(' ', end + 1)) {
            int next = space < 0 ? line.length() : space;
            if (end > begin && TextWidth.of(line.substring(begin, next)) > columns) {
                lines.add(line.substring(begin, end));
                begin = end + 1;
            }
            end = next;
        }
        lines.add(line.substring(begin));
        return lines;
    }

    private static void wrap(String line, int columns, List<String> lines) {
        String rest = line;
        while (!rest.isEmpty() && rest.length() > columns / 2 && TextWidth.of(rest) > columns) {
            int end = fitting(rest, columns);
            int space = rest.lastIndexOf(' ', end);
            int cut = space > end / 2 ? space : end;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
    }

    /// How many characters fit, one at least.
    private static int fitting(String text, int columns) {
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int next = end + Character.charCount(text.codePointAt(end));
            width += TextWidth.of(text.substring(end, next));
            if (width > columns && end > 0) {
                return end;
            }
            end = next;
        }
        return end;
    }
}
