// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

/// What was found, with the text around it; line breaks and control characters are as the agent has them.
///
/// @param before the end of what comes before it, some hundred characters at most
/// @param match the beginning of what was found; that of a regular expression may be empty
/// @param after the beginning of what comes after it
public record Excerpt(String before, String match, String after) {
    private static final int MAX_CHARS = 400;

    static Excerpt of(String text, TextPattern.Place found) {
        int from = boundary(text, Math.max(0, found.start() - MAX_CHARS));
        int matchEnd = boundary(text, Math.min(found.end(), found.start() + MAX_CHARS));
        int to = boundary(text, Math.min(text.length(), found.end() + MAX_CHARS));
        return new Excerpt(
                text.substring(from, found.start()),
                text.substring(found.start(), matchEnd),
                text.substring(found.end(), to));
    }

    /// That place, or the next when it is within a character.
    private static int boundary(String text, int at) {
        boolean within = at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
        return within ? at + 1 : at;
    }
}
