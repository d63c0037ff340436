// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// One JSON value where it lies in the bytes of a line: nothing is copied or decoded before it is asked for.
///
/// Good for as long as the bytes are: until the next line is read. What is not there is [#NONE], which has no
/// members, no text and no number, so that a path can be walked without asking at every step.
public final class JsonSlice {
    /// A value that is not there.
    public static final JsonSlice NONE = new JsonSlice(new byte[0], 0, 0);

    /// Texts that name something (ids, types, models) are taken up to this length; a longer one is as good as
    /// absent.
    public static final int MAX_WORD_BYTES = 1024;

    /// An object with more members than this shows the first ones only.
    private static final int MAX_MEMBERS = 10_000;

    private static final int MAX_NUMBER_BYTES = 40;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(1 << 20)
                    .maxNameLength(1 << 20)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxDocumentLength(-1)
                    .build())
            .build();

    private final byte[] bytes;
    private final int start;
    private final int end;
    private @Nullable Map<String, JsonSlice> members;

    private JsonSlice(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /// The object that begins at `start`, checked to its end.
    ///
    /// @throws JacksonException when the bytes up to `limit` do not begin with a whole JSON object
    public static JsonSlice objectAt(byte[] bytes, int start, int limit) {
        Map<String, JsonSlice> members = new HashMap<>();
        JsonSlice open = new JsonSlice(bytes, start, limit);
        JsonSlice object = new JsonSlice(bytes, start, open.parseMembers(members));
        object.members = members;
        return object;
    }

    /// The object that is this text.
    public static JsonSlice of(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return objectAt(utf8, 0, utf8.length);
    }

    /// A text as a value; an empty one is none.
    public static JsonSlice text(String text) {
        return of(new StateText().put("text", text).end()).at("text");
    }

    /// Any range of bytes.
    static JsonSlice raw(byte[] bytes, int start, int end) {
        return new JsonSlice(bytes, start, end);
    }

    /// Fills in the members of the object that begins this slice, and checks it; where the object ends.
    private int parseMembers(Map<String, JsonSlice> into) {
        try (JsonParser parser = parser()) {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                JsonSlice value = current(parser);
                if (into.size() < MAX_MEMBERS) {
                    into.put(name, value);
                }
            }
            return start + (int) parser.currentLocation().getByteOffset();
        }
    }

    private JsonParser parser() {
        return JSON.createParser(ObjectReadContext.empty(), bytes, start, end - start);
    }

    /// The value the parser has just come to. A structure is read past; a text is left to be skipped, unread.
    private JsonSlice current(JsonParser parser) {
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        return switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                yield new JsonSlice(
                        bytes, from, start + (int) parser.currentLocation().getByteOffset());
            }
            // The parser will vouch for its being whole.
            case VALUE_STRING -> new JsonSlice(bytes, from, JsonEnds.ofText(bytes, from, end));
            default -> new JsonSlice(bytes, from, JsonEnds.ofScalar(bytes, from, end));
        };
    }

    /// The members of this object, which was checked as a part of the one around it.
    private Map<String, JsonSlice> findMembers() {
        Map<String, JsonSlice> found = new HashMap<>();
        int at = JsonEnds.ofGap(bytes, start + 1, end);
        while (at < end && bytes[at] == '"' && found.size() < MAX_MEMBERS) {
            JsonSlice name = new JsonSlice(bytes, at, JsonEnds.ofText(bytes, at, end));
            JsonSlice value = valueAt(JsonEnds.ofGap(bytes, name.end, end));
            found.put(name.text(), value);
            at = JsonEnds.ofGap(bytes, value.end, end);
        }
        return found;
    }

    private JsonSlice valueAt(int from) {
        return new JsonSlice(bytes, from, JsonEnds.ofValue(bytes, from, end));
    }

    public boolean exists() {
        return end > start;
    }

    public boolean isObject() {
        return exists() && bytes[start] == '{';
    }

    public boolean isArray() {
        return exists() && bytes[start] == '[';
    }

    public boolean isText() {
        return exists() && bytes[start] == '"';
    }

    public boolean isTrue() {
        return exists() && bytes[start] == 't';
    }

    /// The member of that name; [#NONE] when there is none, or this is no object.
    public JsonSlice at(String name) {
        if (!isObject()) {
            return NONE;
        }
        if (members == null) {
            members = findMembers();
        }
        return members.getOrDefault(name, NONE);
    }

    /// The names of this object's members, in no order.
    public List<String> names() {
        at("");
        return members == null ? List.of() : List.copyOf(members.keySet());
    }

    /// The elements of this array; nothing when this is no array, or one of more than `max`.
    public Optional<List<JsonSlice>> elements(int max) {
        if (!isArray()) {
            return Optional.empty();
        }
        List<JsonSlice> elements = new ArrayList<>();
        int at = JsonEnds.ofGap(bytes, start + 1, end);
        while (at < end && bytes[at] != ']') {
            if (elements.size() == max) {
                return Optional.empty();
            }
            JsonSlice element = valueAt(at);
            elements.add(element);
            at = JsonEnds.ofGap(bytes, element.end, end);
        }
        return Optional.of(elements);
    }

    /// The text, when this is one that may name something: not empty, and not too long.
    public Optional<String> word() {
        return isText() && end - start > 2 && end - start <= MAX_WORD_BYTES ? Optional.of(text()) : Optional.empty();
    }

    /// The whole text; empty when this is none.
    public String text() {
        if (!isText()) {
            return "";
        }
        for (int at = start + 1; at < end - 1; at++) {
            if (bytes[at] == '\\') {
                return unescaped(this);
            }
        }
        return new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
    }

    /// How the text begins: as much of it as `maxBytes` hold, or all.
    public String beginning(int maxBytes) {
        if (!isText() || end - start - 2 <= maxBytes) {
            return text();
        }
        int at = start + 1;
        int cut = at;
        while (at - start - 1 <= maxBytes) {
            cut = at;
            at += bytes[at] == '\\' ? (bytes[at + 1] == 'u' ? 6 : 2) : 1;
        }
        while ((bytes[cut] & 0xC0) == 0x80) {
            cut--;
        }
        byte[] shortened = new byte[cut - start + 1];
        System.arraycopy(bytes, start, shortened, 0, cut - start);
        shortened[cut - start] = '"';
        return unescaped(new JsonSlice(shortened, 0, shortened.length));
    }

    private static String unescaped(JsonSlice text) {
        try (JsonParser parser = text.parser()) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /// The number, when this is a whole one within 63 bits and a sign.
    public OptionalLong number() {
        if (!exists() || end - start > 20) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /// The number in millionths, rounded; empty when this is none, or one beyond 53 bits.
    public OptionalLong millionths() {
        if (!exists() || isText() || end - start > MAX_NUMBER_BYTES) {
            return OptionalLong.empty();
        }
        try {
            double value = Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)) * 1e6;
            return Math.abs(value) < 1L << 53 ? OptionalLong.of(Math.round(value)) : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /// The bytes that this is a slice of; not to be changed.
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    public int lengthBytes() {
        return end - start;
    }

    /// The value byte for byte, for a payload.
    public Json toJson() {
        return Json.of(bytes, start, lengthBytes());
    }

    /// The JSON text.
    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
