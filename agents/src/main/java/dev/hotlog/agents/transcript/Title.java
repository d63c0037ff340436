// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.util.List;
import java.util.Optional;

/// What to call a session: the best title its file has told so far.
///
/// Until someone gives a title it is the first line of the first prompt. A title never gives way to a lesser one.
public final class Title {
    /// Who gave a title, from the least to the one who decides.
    public enum Giver {
        NOBODY,
        FIRST_PROMPT,
        SUMMARY,
        AGENT,
        USER
    }

    private static final int MAX_CHARS = 120;

    private Giver giver;

    public Title(Giver giver) {
        this.giver = giver;
    }

    public Giver giver() {
        return giver;
    }

    /// The session has a title from elsewhere: no prompt of this file gives it another.
    public void known() {
        if (giver == Giver.NOBODY) {
            giver = Giver.FIRST_PROMPT;
        }
    }

    /// The title to take, unless a better one is known. Only the first prompt counts.
    public Optional<String> offered(Giver by, String text) {
        boolean worse = by.compareTo(giver) < 0 || (by == Giver.FIRST_PROMPT && giver == by);
        String title = worse ? "" : shortened(text);
        if (title.isEmpty()) {
            return Optional.empty();
        }
        giver = by;
        return Optional.of(title);
    }

    /// The first line that is not blank, without the marks of a heading, at most 120 characters of it. A line that
    /// only announces what follows takes the next along.
    private static String shortened(String text) {
        List<String> lines = text.lines()
                .map(Title::plain)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        String line = lines.getFirst().endsWith(":") ? String.join(" ", lines) : lines.getFirst();
        if (line.length() <= MAX_CHARS) {
            return line;
        }
        int cut = MAX_CHARS - 1;
        if (Character.isHighSurrogate(line.charAt(cut - 1))) {
            cut--;
        }
        return line.substring(0, cut).stripTrailing() + "…";
    }

    private static String plain(String line) {
        return line.strip().replaceFirst("^#+ +", "");
    }
}
