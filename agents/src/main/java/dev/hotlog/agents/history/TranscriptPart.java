// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import java.util.Optional;

/// Tells the payload of a transcript's event, `{"type":…,"block":…,"line":…}`, from those of other callers,
/// who may have members of these names too.
public final class TranscriptPart {
    private TranscriptPart() {}

    /// What the event is about: its `block`, or its `line` where there is no block. Empty when the payload is
    /// none of a transcript.
    public static Optional<JsonText> of(JsonText payload) {
        String type = payload.member("type").map(JsonText::string).orElse("");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return payload.member("block")
                .filter(block -> block.isString() || isWhole(block) || (type.equals("usage") && !block.isNull()))
                .or(() -> payload.member("line").filter(TranscriptPart::isWhole));
    }

    /// A number or a truth is no part of what anybody said; only the figures of a usage may be one.
    private static boolean isWhole(JsonText value) {
        return value.isObject() || value.isArray();
    }
}
