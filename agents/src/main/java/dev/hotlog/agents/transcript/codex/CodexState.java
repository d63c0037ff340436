// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a reader remembers of the lines before.
final class CodexState {
    private static final int MAX_ANCESTORS = 64;

    final ReaderState common;

    /// The session whose history this file continues, as far back as the file tells; the session itself when it is
    /// no fork. A fork begins with a copy of its ancestors' lines, and the figures in them are the ancestor's.
    String root;

    /// Those whose first lines were met.
    private final Set<String> ancestors;

    /// The total told last; null before the first.
    @Nullable
    TokenTotals total;

    /// @param text what [#asText] gave for the last reader of the file; empty to begin
    CodexState(String sessionId, Head head, Optional<String> text) {
        JsonSlice json = text.map(JsonSlice::of).orElse(JsonSlice.NONE);
        common = ReaderState.of(head, text);
        root = text.isPresent() ? json.at("root").text() : sessionId;
        ancestors = new LinkedHashSet<>(json.at("ancestors").text().lines().toList());
        total = json.at("total").word().map(TokenTotals::parse).orElse(null);
    }

    /// An ancestor's line was met; whether it is the first of it.
    boolean isNewAncestor(String id) {
        return ancestors.size() < MAX_ANCESTORS && ancestors.add(id);
    }

    /// Whether a line of that ancestor was met.
    boolean isAncestor(String id) {
        return ancestors.contains(id);
    }

    String asText() {
        return common.text()
                .put("root", root)
                .put("ancestors", String.join("\n", ancestors))
                .put("total", total == null ? "" : total.toString())
                .end();
    }
}
