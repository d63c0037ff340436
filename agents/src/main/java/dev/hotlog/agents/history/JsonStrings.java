// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import java.util.Iterator;
import java.util.Optional;

/// Steps from string to string of a JSON value that was checked, each with the name of the member that it
/// is the value of.
final class JsonStrings implements Iterator<JsonText.Member> {
    private final byte[] text;
    private final int end;
    private int at;
    private String name = "";
    private Optional<JsonText.Member> next;

    JsonStrings(byte[] text, int start, int end) {
        this.text = text;
        this.end = end;
        at = start;
        next = find();
    }

    private Optional<JsonText.Member> find() {
        while (at < end) {
            if (text[at] != '"') {
                name = isBetween(text[at]) ? "" : name;
                at++;
                continue;
            }
            int stringEnd = JsonScan.stringEnd(text, at, end);
            JsonText string = new JsonText(text, at, stringEnd);
            at = JsonScan.skipSpace(text, stringEnd, end);
            if (at == end || text[at] != ':') {
                return Optional.of(new JsonText.Member(name, string));
            }
            name = string.string();
            at++;
        }
        return Optional.empty();
    }

    /// Whether what follows is no longer the value of the name before.
    private static boolean isBetween(byte b) {
        return b == ',' || b == '{' || b == '[';
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public JsonText.Member next() {
        JsonText.Member found = next.orElseThrow();
        next = find();
        return found;
    }
}
