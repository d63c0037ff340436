// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import dev.hotlog.agents.history.JsonText;
import dev.hotlog.agents.history.TranscriptPart;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for a text in what events say: in the strings of the payload's `block`, or of its `line` where
/// there is no block, or of all of it where it is none of a transcript; one after another, escapes
/// resolved. A string that is JSON itself, as some agents write what a tool is told, is looked into first.
/// What is no JSON is one text.
///
/// For one thread: the bytes of payloads pass through memory of its own.
final class PayloadSearch {
    /// Names of what tells programs something, and no person; those of ids aside.
    private static final Set<String> UNREAD = Set.of(
            "id",
            "type",
            "role",
            "timestamp",
            "cwd",
            "slug",
            "subtype",
            "userType",
            "entrypoint",
            "version",
            "gitBranch",
            "model",
            "signature",
            "thoughtSignature",
            "thinkingSignature",
            "encrypted_content",
            "encryptedContent",
            "reasoningOpaque",
            "media_type",
            "mimeType",
            "data");

    /// How names of ids end.
    private static final List<String> ID_ENDINGS = List.of("_id", "Id", "ID", "uuid", "Uuid");

    /// How a picture begins that stands where a text may.
    private static final String PICTURE = "data:image/";

    /// After a payload of more than this the memory is given back.
    private static final int KEPT_BYTES = 4 << 20;

    /// What the payload's bytes must have, if there is such a thing.
    private final Optional<BytePattern> bytes;
    private final TextPattern pattern;
    private byte[] payload = {};

    PayloadSearch(Query query) {
        String required = RequiredText.of(query);
        bytes = required.isEmpty() ? Optional.empty() : Optional.of(BytePattern.of(required, query.letters()));
        pattern = TextPattern.of(query);
    }

    /// Whether the event says it.
    boolean isIn(EventView event) {
        int length = event.payloadLengthBytes();
        if (length > payload.length || payload.length > Math.max(KEPT_BYTES, length)) {
            payload = new byte[length];
        }
        event.copyPayload(payload);
        return bytes.map(part -> part.isIn(payload, length)).orElse(true)
                && first(payload, length).isPresent();
    }

    /// The first place where the payload says it.
    Optional<Excerpt> first(Json json) {
        return first(json.toBytes(), json.lengthBytes());
    }

    private Optional<Excerpt> first(byte[] utf8, int length) {
        try {
            JsonText json = JsonText.parse(utf8, 0, length);
            return firstWithin(TranscriptPart.of(json).orElse(json));
        } catch (JsonText.NotJson _) {
            return found(new String(utf8, 0, length, StandardCharsets.UTF_8));
        }
    }

    private Optional<Excerpt> firstWithin(JsonText value) {
        for (JsonText.Member string : value.strings()) {
            if (isRead(string.name())) {
                Optional<Excerpt> excerpt = firstIn(string.value().string());
                if (excerpt.isPresent()) {
                    return excerpt;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isRead(String name) {
        return !UNREAD.contains(name) && ID_ENDINGS.stream().noneMatch(name::endsWith);
    }

    private Optional<Excerpt> firstIn(String text) {
        if (text.startsWith(PICTURE)) {
            return Optional.empty();
        }
        return nested(text).flatMap(this::firstOf).or(() -> found(text));
    }

    private static Optional<JsonText> nested(String text) {
        return text.startsWith("{") || text.startsWith("[")
                ? JsonText.of(text.getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private Optional<Excerpt> firstOf(JsonText nested) {
        for (JsonText.Member string : nested.strings()) {
            Optional<Excerpt> excerpt = found(string.value().string());
            if (excerpt.isPresent()) {
                return excerpt;
            }
        }
        return Optional.empty();
    }

    private Optional<Excerpt> found(String text) {
        return pattern.find(text).map(place -> Excerpt.of(text, place));
    }
}
