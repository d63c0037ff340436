// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.agents.json.EightBytes;

/// Where values end in JSON that a parser has been through: nothing is checked again, which is what makes it quick.
/// Whatever the bytes are, it looks at none from `end` on.
final class JsonEnds {
    private JsonEnds() {}

    /// Behind the text whose quote opens at `from`.
    static int ofText(byte[] bytes, int from, int end) {
        int at = quoteOrBackslash(bytes, from + 1, end);
        while (at < end && bytes[at] != '"') {
            at = quoteOrBackslash(bytes, at + 2, end);
        }
        return Math.min(at + 1, end);
    }

    private static int quoteOrBackslash(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - EightBytes.COUNT; at += EightBytes.COUNT) {
            long eight = EightBytes.at(bytes, at);
            long found = EightBytes.equal(eight, '"') | EightBytes.equal(eight, '\\');
            if (found != 0) {
                return at + EightBytes.first(found);
            }
        }
        while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /// Behind the value that begins at `from`.
    static int ofValue(byte[] bytes, int from, int end) {
        if (from >= end) {
            return end;
        }
        return switch (bytes[from]) {
            case '"' -> ofText(bytes, from, end);
            case '{', '[' -> ofStructure(bytes, from, end);
            default -> ofScalar(bytes, from, end);
        };
    }

    private static int ofStructure(byte[] bytes, int from, int end) {
        int depth = 0;
        int at = from;
        while (at < end) {
            switch (bytes[at]) {
                case '"' -> {
                    at = ofText(bytes, at, end);
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
            if (depth == 0) {
                return at;
            }
        }
        return end;
    }

    static int ofScalar(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && ",]} \t\r\n".indexOf(bytes[at]) < 0) {
            at++;
        }
        return at;
    }

    /// Past blanks, and what stands between values.
    static int ofGap(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && ",: \t\r\n".indexOf(bytes[at]) >= 0) {
            at++;
        }
        return at;
    }
}
