// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.agents.json.EightBytes;
import java.util.BitSet;

/// Finds where JSON values end in UTF-8 bytes, and whether they are JSON at all (RFC 8259, and well-formed UTF-8).
///
/// Payloads are kept byte for byte, so what is needed of JSON is places, not values: no tree, no limits on depth,
/// length or digits. A negative result is the complement of the place where the text stops being JSON.
final class JsonScan {
    private JsonScan() {}

    static int skipSpace(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /// The place after the one value that begins at `from`, which is not space.
    static int valueEnd(byte[] text, int from, int to) {
        Nesting open = new Nesting();
        int at = from;
        while (true) {
            if (at >= to) {
                return ~to;
            }
            byte first = text[at];
            if (first == '{' || first == '[') {
                boolean object = first == '{';
                at = skipSpace(text, at + 1, to);
                if (at < to && text[at] == (object ? '}' : ']')) {
                    at++;
                } else {
                    open.push(object);
                    if (object) {
                        at = nameEnd(text, at, to);
                        if (at < 0) {
                            return at;
                        }
                    }
                    continue;
                }
            } else {
                at = scalarEnd(text, at, to);
                if (at < 0) {
                    return at;
                }
            }
            at = afterValue(text, at, to, open);
            if (at < 0 || open.isEmpty()) {
                return at;
            }
        }
    }

    /// Goes on after a value: closes what it was the last of, or comes to where the next value begins.
    private static int afterValue(byte[] text, int from, int to, Nesting open) {
        int at = from;
        while (!open.isEmpty()) {
            at = skipSpace(text, at, to);
            if (at >= to) {
                return ~to;
            }
            boolean object = open.inObject();
            if (text[at] == ',') {
                at = skipSpace(text, at + 1, to);
                return object ? nameEnd(text, at, to) : at;
            }
            if (text[at] != (object ? '}' : ']')) {
                return ~at;
            }
            open.pop();
            at++;
        }
        return at;
    }

    /// After a member's name and colon, where its value begins.
    static int nameEnd(byte[] text, int from, int to) {
        if (from >= to || text[from] != '"') {
            return ~Math.min(from, to);
        }
        int end = stringEnd(text, from, to);
        if (end < 0) {
            return end;
        }
        int colon = skipSpace(text, end, to);
        return colon < to && text[colon] == ':' ? skipSpace(text, colon + 1, to) : ~colon;
    }

    private static int scalarEnd(byte[] text, int from, int to) {
        return switch (text[from]) {
            case '"' -> stringEnd(text, from, to);
            case 't' -> wordEnd(text, from, to, "true");
            case 'f' -> wordEnd(text, from, to, "false");
            case 'n' -> wordEnd(text, from, to, "null");
            default -> numberEnd(text, from, to);
        };
    }

    private static int wordEnd(byte[] text, int from, int to, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= to || text[from + i] != word.charAt(i)) {
                return ~(from + i);
            }
        }
        return from + word.length();
    }

    private static int numberEnd(byte[] text, int from, int to) {
        int at = from < to && text[from] == '-' ? from + 1 : from;
        int digits = digitsEnd(text, at, to);
        if (digits == at || (text[at] == '0' && digits > at + 1)) {
            return ~at;
        }
        at = digits;
        if (at < to && text[at] == '.') {
            digits = digitsEnd(text, at + 1, to);
            if (digits == at + 1) {
                return ~digits;
            }
            at = digits;
        }
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < to && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits = digitsEnd(text, at, to);
            return digits == at ? ~at : digits;
        }
        return at;
    }

    private static int digitsEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /// The place after the closing quote of the string whose opening quote is at `from`.
    static int stringEnd(byte[] text, int from, int to) {
        int at = from + 1;
        while (at < to) {
            at = plainEnd(text, at, to);
            if (at == to) {
                break;
            }
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            } else if (b == '\\') {
                at = escapeEnd(text, at, to);
            } else if (b >= ' ') {
                at++;
            } else if (b >= 0) {
                return ~at;
            } else {
                at = wideEnd(text, at, to);
            }
            if (at < 0) {
                return at;
            }
        }
        return ~to;
    }

    /// The place after characters of ASCII that stand for themselves, which is most of every text: eight are
    /// looked at at once. The last seven bytes are left to be looked at one by one.
    private static int plainEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - EightBytes.COUNT; at += EightBytes.COUNT) {
            long eight = EightBytes.at(text, at);
            long others = EightBytes.beyondAscii(eight)
                    | EightBytes.below(eight, ' ')
                    | EightBytes.equal(eight, '"')
                    | EightBytes.equal(eight, '\\');
            if (others != 0) {
                return at + EightBytes.first(others);
            }
        }
        return at;
    }

    private static int escapeEnd(byte[] text, int from, int to) {
        if (from + 1 >= to) {
            return ~to;
        }
        return switch (text[from + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
            case 'u' -> hexEnd(text, from + 2, to);
            default -> ~from;
        };
    }

    private static int hexEnd(byte[] text, int from, int to) {
        for (int at = from; at < from + 4; at++) {
            if (at >= to || Character.digit(text[at], 16) < 0) {
                return ~Math.min(at, to);
            }
        }
        return from + 4;
    }

    /// The place after a character of two to four bytes: the shortest form only, and no surrogates.
    private static int wideEnd(byte[] text, int from, int to) {
        int lead = text[from] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || from + length > to) {
            return ~from;
        }
        int second = text[from + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return ~from;
        }
        for (int i = from + 2; i < from + length; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                return ~from;
            }
        }
        return from + length;
    }

    /// Which brackets are open: one bit each, set for an object.
    private static final class Nesting {
        private final BitSet objects = new BitSet();
        private int depth;

        boolean isEmpty() {
            return depth == 0;
        }

        boolean inObject() {
            return objects.get(depth - 1);
        }

        void push(boolean object) {
            objects.set(depth++, object);
        }

        void pop() {
            depth--;
        }
    }
}
