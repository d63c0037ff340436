// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes an event's payload out of a transcript line, byte for byte: `{"type":…,"block":…,"line":…}`.
///
/// `type` is our word for what the event tells (`prompt`, `answer`, `tool_call`, …), or the agent's own
/// where we have none. `block` is the part of the line that the event is about. `line` is the line around
/// it with its blocks taken out, and is given to the line's first event alone, so that nothing of a line is
/// lost and nothing kept twice.
///
/// | kind | `type` |
/// |---|---|
/// | message | `prompt`, `answer`, `thinking` |
/// | tool_call, tool_result | the same word |
/// | error | `error` |
/// | cost | `usage` (`block`: figures as the agent told them; measures: what they added) |
/// | hook | `hook` |
/// | lifecycle | `session_start`, `compaction`, `summary`, `interruption`, `title`, `command_output`, `context` |
///
/// `context` is what the program says in the user's name. Agents write much else: it is lifecycle by its
/// own name.
///
/// What an agent may tell more than once has an `id` behind its type, by which it is known again.
///
/// For one payload, one thread, and as long as the line's bytes are good.
public final class Payload {
    /// Larger payloads are put together outside the Java heap: it then holds one copy of them, not two.
    private static final int LARGE_BYTES = 1 << 20;

    private static final int MAX_TYPE_CHARS = 64;

    private static final int MAX_IDENTITY_BYTES = 4096;

    private final List<JsonSlice> parts = new ArrayList<>();

    private Payload(String type) {
        text("{\"type\":\"" + plain(type) + "\"");
    }

    public static Payload of(String type) {
        return new Payload(type);
    }

    /// How a payload begins that has an id.
    private static final Pattern IDENTITY =
            Pattern.compile("\\{\"type\":\"[^\"\\\\]*\",\"id\":\"(?:[^\"\\\\]|\\\\.)*\"");

    /// What tells the event of this payload from all others of its session: its type and id. Empty when it
    /// has none.
    public static Optional<String> identity(Json payload) {
        byte[] bytes = payload.toBytes();
        String beginning =
                new String(bytes, 0, Math.min(bytes.length, MAX_IDENTITY_BYTES), StandardCharsets.ISO_8859_1);
        Matcher identity = IDENTITY.matcher(beginning);
        return identity.lookingAt() ? Optional.of(identity.group()) : Optional.empty();
    }

    /// Adds the id by which the agent tells this from everything else of that type in the session. To be
    /// called first.
    public Payload id(String id) {
        return with("id", JsonSlice.text(id));
    }

    /// A line that is kept whole: nothing in it has an event of its own.
    public static Json whole(String type, JsonSlice line) {
        return of(type).with("line", line).json();
    }

    /// Adds a member, if there is such a value.
    public Payload with(String name, JsonSlice value) {
        if (value.exists()) {
            text(",\"" + name + "\":");
            parts.add(value);
        }
        return this;
    }

    /// Adds the line with an empty value of the same sort in the place of each that is `taken`, which
    /// events of its own hold.
    public Payload lineWithout(JsonSlice line, JsonSlice... taken) {
        return without("line", line, taken);
    }

    /// Adds a member with an empty value of the same sort in the place of each part that is `taken`.
    public Payload without(String name, JsonSlice value, JsonSlice... taken) {
        text(",\"" + name + "\":");
        int at = value.start();
        JsonSlice[] inOrder = taken.clone();
        Arrays.sort(inOrder, Comparator.comparingInt(JsonSlice::start));
        for (JsonSlice part : inOrder) {
            if (part.exists()) {
                parts.add(part(value, at, part.start()));
                text(part.isArray() ? "[]" : part.isObject() ? "{}" : "\"\"");
                at = part.end();
            }
        }
        parts.add(part(value, at, value.end()));
        return this;
    }

    public Json json() {
        text("}");
        int length = 0;
        for (JsonSlice part : parts) {
            length += part.lengthBytes();
        }
        if (length < LARGE_BYTES) {
            byte[] all = new byte[length];
            fill(MemorySegment.ofArray(all));
            return Json.of(all);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(length);
            fill(all);
            return Json.of(all);
        }
    }

    private void fill(MemorySegment all) {
        long at = 0;
        for (JsonSlice part : parts) {
            MemorySegment.copy(MemorySegment.ofArray(part.bytes()), part.start(), all, at, part.lengthBytes());
            at += part.lengthBytes();
        }
    }

    private void text(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        parts.add(JsonSlice.raw(utf8, 0, utf8.length));
    }

    private static JsonSlice part(JsonSlice line, int start, int end) {
        return JsonSlice.raw(line.bytes(), start, end);
    }

    /// A type comes out of the file and goes between quotes: nothing in it may need escaping.
    private static String plain(String type) {
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return "unknown";
            }
        }
        return type.isEmpty() || type.length() > MAX_TYPE_CHARS ? "unknown" : type;
    }
}
