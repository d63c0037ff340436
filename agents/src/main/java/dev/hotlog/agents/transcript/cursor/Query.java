// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A user's own words, in a text around which Cursor has put more.
final class Query {
    private static final Pattern TAGGED =
            Pattern.compile("<user_query>\\s*(.*?)\\s*(?:</user_query>|$)", Pattern.DOTALL);

    /// A text that begins so and holds no query is what the program says in the user's name.
    private static final Pattern CONTEXT = Pattern.compile(
            "<(?:system_reminder|system-reminder|user_info|attached_files|git_status|project_layout|rules|"
                    + "open_and_recently_viewed_files|agent_transcripts|additional_data|external_links)>.*",
            Pattern.DOTALL);

    private Query() {}

    /// The words; empty when the text holds none.
    static Optional<String> in(String text) {
        Matcher tagged = TAGGED.matcher(text);
        if (tagged.find()) {
            return Optional.of(tagged.group(1));
        }
        return CONTEXT.matcher(text.strip()).matches() ? Optional.empty() : Optional.of(text);
    }
}
