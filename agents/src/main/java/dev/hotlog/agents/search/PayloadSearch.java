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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for a text in what events say: in the strings of the payload's `block`, or of its `line` where
/// there is no block, or of all of it where it is none of a transcript; one after another, escapes
/// resolved. A string that is JSON itself is looked into; where a tool is told something it is no more than
/// another way to write that, elsewhere it is a text as well. What is no JSON is one text.
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
            "mimeType");

    /// Under this name stand pictures and the like; of an own program's payload it is what it tells.
    private static final String DATA = "data";

    /// How names of ids end.
    private static final List<String> ID_ENDINGS = List.of("_id", "Id", "ID", "uuid", "Uuid");

    /// Under these names stands what a tool is told, in names of the tool's own.
    private static final Set<String> INPUTS =
            Set.of("input", "arguments", "args", "action", "tool_input", "parameters", "rawArgs");

    /// Under these stands what a tool gave back.
    private static final Set<String> RESULTS =
            Set.of("output", "result", "response", "tool_response", "toolResult", "return_value", "structuredContent");

    private static final Set<String> INPUTS_AND_RESULTS =
            Stream.concat(INPUTS.stream(), RESULTS.stream()).collect(Collectors.toUnmodifiableSet());

    /// Names of what tells the parts of a result apart.
    private static final Set<String> PART_NAMES = Set.of("type", "media_type", "mimeType");

    /// How pictures begin that stand where a text may: as an address, or as base64 of PNG, JPEG, GIF and WebP.
    private static final List<String> PICTURES = List.of("data:image/", "iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR");

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
            Optional<JsonText> part = TranscriptPart.of(json);
            return firstWithin(part.orElse(json), part.isPresent() ? DATA : "");
        } catch (JsonText.NotJson _) {
            return found(new String(utf8, 0, length, StandardCharsets.UTF_8));
        }
    }

    /// @param unread a name of what is not read either; empty when there is none
    private Optional<Excerpt> firstWithin(JsonText value, String unread) {
        for (JsonText.Found string : value.strings(INPUTS_AND_RESULTS)) {
            if (isRead(string, unread)) {
                String text = string.value().string();
                Optional<Excerpt> excerpt = INPUTS.contains(string.place()) ? firstInInput(text) : firstInText(text);
                if (excerpt.isPresent()) {
                    return excerpt;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isRead(JsonText.Found string, String unread) {
        String name = string.name();
        if (INPUTS.contains(string.place())) {
            return true;
        }
        if (RESULTS.contains(string.place())) {
            return !PART_NAMES.contains(name);
        }
        boolean told = !UNREAD.contains(name) && (unread.isEmpty() || !name.equals(unread));
        return told && ID_ENDINGS.stream().noneMatch(name::endsWith);
    }

    private Optional<Excerpt> firstInInput(String text) {
        return nested(text).map(this::firstOf).orElseGet(() -> found(text));
    }

    private Optional<Excerpt> firstInText(String text) {
        return nested(text).flatMap(this::firstOf).or(() -> found(text));
    }

    private static Optional<JsonText> nested(String text) {
        return text.startsWith("{") || text.startsWith("[")
                ? JsonText.of(text.getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private Optional<Excerpt> firstOf(JsonText nested) {
        for (JsonText.Found string : nested.strings(Set.of())) {
            Optional<Excerpt> excerpt = found(string.value().string());
            if (excerpt.isPresent()) {
                return excerpt;
            }
        }
        return Optional.empty();
    }

    private Optional<Excerpt> found(String text) {
        if (PICTURES.stream().anyMatch(text::startsWith)) {
            return Optional.empty();
        }
        return pattern.find(text).map(place -> Excerpt.of(text, place));
    }
}
