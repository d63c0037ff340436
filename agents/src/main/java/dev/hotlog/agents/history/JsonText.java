// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// One JSON value where it lies in its text: a look at the bytes, which are neither copied nor changed.
///
/// Only texts that were checked as a whole become values, so what is asked of a value, or of one within it, never
/// fails; it may only be empty.
public final class JsonText {
    /// More than any text has.
    private static final int WHOLE = Integer.MAX_VALUE;

    private final byte[] text;
    private final int start;
    private final int end;

    JsonText(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /// The value that the text is; empty when it is not JSON, or is more than one value.
    public static Optional<JsonText> of(byte[] text) {
        return end(text, 0, text.length) < 0 ? Optional.empty() : Optional.of(trusted(text, 0, text.length));
    }

    /// The value that `from .. to` is.
    ///
    /// @throws NotJson telling where it stops being JSON
    public static JsonText parse(byte[] text, int from, int to) throws NotJson {
        int end = end(text, from, to);
        if (end < 0) {
            throw new NotJson(~end - from);
        }
        return trusted(text, from, to);
    }

    private static JsonText trusted(byte[] text, int from, int to) {
        int start = JsonScan.skipSpace(text, from, to);
        return new JsonText(text, start, JsonScan.valueEnd(text, start, to));
    }

    /// Where the one value ends that the text is, space around it aside.
    private static int end(byte[] text, int from, int to) {
        int end = JsonScan.valueEnd(text, JsonScan.skipSpace(text, from, to), to);
        if (end < 0) {
            return end;
        }
        int rest = JsonScan.skipSpace(text, end, to);
        return rest == to ? end : ~rest;
    }

    public boolean isObject() {
        return text[start] == '{';
    }

    public boolean isArray() {
        return text[start] == '[';
    }

    public boolean isString() {
        return text[start] == '"';
    }

    public boolean isNull() {
        return text[start] == 'n';
    }

    /// Whether it is `true`; everything else is not.
    public boolean isTrue() {
        return text[start] == 't';
    }

    /// The bytes that the value takes up.
    public int lengthBytes() {
        return end - start;
    }

    /// A copy of the bytes as they are written.
    public Json toJson() {
        return Json.of(text, start, end - start);
    }

    /// The text as it is written, escapes and all.
    public String source() {
        return source(WHOLE);
    }

    /// The beginning of the text as it is written.
    public String source(int maxBytes) {
        return new String(text, start, Math.min(end - start, maxBytes), StandardCharsets.UTF_8);
    }

    /// What the string says; empty for any other value.
    public String string() {
        return string(WHOLE);
    }

    /// The beginning of what the string says.
    ///
    /// @param maxChars about so many at most; a character is not cut in two
    public String string(int maxChars) {
        if (!isString()) {
            return "";
        }
        StringBuilder said = new StringBuilder(Math.min(end - start, Math.min(maxChars, 1 << 16)));
        int at = start + 1;
        while (at < end - 1 && said.length() < maxChars) {
            if (text[at] == '\\') {
                at = unescape(at, said);
            } else {
                int run = at;
                int stop = (int) Math.min(end - 1, at + 4L * (maxChars - said.length()));
                while (run < stop && text[run] != '\\' && run - at < maxChars - said.length()) {
                    run++;
                }
                // A run ends before a character, never within one.
                while (run < end - 1 && (text[run] & 0xC0) == 0x80) {
                    run++;
                }
                said.append(new String(text, at, run - at, StandardCharsets.UTF_8));
                at = run;
            }
        }
        return said.toString();
    }

    private int unescape(int at, StringBuilder said) {
        char letter = (char) text[at + 1];
        if (letter == 'u') {
            return unescapeUnit(at, said);
        }
        said.append(
                switch (letter) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> letter;
                });
        return at + 2;
    }

    /// A UTF-16 unit written out in digits, with the second of its pair; half a pair alone is no character.
    private int unescapeUnit(int at, StringBuilder said) {
        char unit = unit(at + 2);
        if (!Character.isSurrogate(unit)) {
            said.append(unit);
            return at + 6;
        }
        boolean paired = Character.isHighSurrogate(unit)
                && text[at + 6] == '\\'
                && text[at + 7] == 'u'
                && Character.isLowSurrogate(unit(at + 8));
        if (paired) {
            said.append(unit).append(unit(at + 8));
            return at + 12;
        }
        said.append('\uFFFD');
        return at + 6;
    }

    private char unit(int at) {
        return (char) Integer.parseInt(new String(text, at, 4, StandardCharsets.US_ASCII), 16);
    }

    /// The value of the first member of that name; empty when there is none, or when this is no object.
    public Optional<JsonText> member(String name) {
        for (Member member : members()) {
            if (member.name().equals(name)) {
                return Optional.of(member.value());
            }
        }
        return Optional.empty();
    }

    /// The members as they are written; none when this is no object.
    public Iterable<Member> members() {
        return () -> new Within<>(isObject()) {
            @Override
            Member take(int at) {
                int nameEnd = JsonScan.stringEnd(text, at, end);
                String name = new JsonText(text, at, nameEnd).string();
                return new Member(name, value(JsonScan.nameEnd(text, at, end)));
            }
        };
    }

    /// The elements as they are written; none when this is no array.
    public Iterable<JsonText> elements() {
        return () -> new Within<>(isArray()) {
            @Override
            JsonText take(int at) {
                return value(at);
            }
        };
    }

    /// Every string that it is made of, at whatever depth and in the order in which they are written: with its
    /// name when it is a member's value, else with none (`""`). Takes time by the length alone, however deep.
    ///
    /// @param places names of members, to tell what is in one of them
    public Iterable<Found> strings(Set<String> places) {
        return () -> new JsonStrings(text, start, end, places);
    }

    /// The value as it is written.
    @Override
    public String toString() {
        return source();
    }

    /// One member of an object.
    public record Member(String name, JsonText value) {}

    /// One string among others.
    ///
    /// @param place of the members that were asked for, the outermost that it is, or is in; `""` when it is in none
    /// @param name of the member that it is the value of, or `""`
    public record Found(String place, String name, JsonText value) {}

    /// A text is not JSON.
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;
        private final int atByte;

        NotJson(int atByte) {
            super("not JSON at byte " + (atByte + 1));
            this.atByte = atByte;
        }

        /// How many bytes before it are as JSON has them.
        public int atByte() {
            return atByte;
        }
    }

    /// Steps over what is between two brackets.
    private abstract class Within<T> implements Iterator<T> {
        private int next;

        Within(boolean any) {
            next = any ? JsonScan.skipSpace(text, start + 1, end) : end;
            if (next < end && (text[next] == '}' || text[next] == ']')) {
                next = end;
            }
        }

        abstract T take(int at);

        JsonText value(int at) {
            int valueEnd = JsonScan.valueEnd(text, at, end);
            int comma = JsonScan.skipSpace(text, valueEnd, end);
            next = text[comma] == ',' ? JsonScan.skipSpace(text, comma + 1, end) : end;
            return new JsonText(text, at, valueEnd);
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return take(next);
        }
    }
}
