// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// Steps from string to string of a JSON value that was checked, each with the name of the member that it
/// is the value of, and the outermost member that it is in of some.
final class JsonStrings implements Iterator<JsonText.Found> {
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final byte[] text;
    private final int end;
    private final Set<String> places;
    private int at;
    private int depth;
    private String name = "";

    /// The member of `places` that this is in, and how deep its value's members are.
    private String place = "";

    private int placeDepth = NOWHERE;
    private Optional<JsonText.Found> next;

    JsonStrings(byte[] text, int start, int end, Set<String> places) {
        this.text = text;
        this.end = end;
        this.places = places;
        at = start;
        next = find();
    }

    private Optional<JsonText.Found> find() {
        while (at < end) {
            if (text[at] != '"') {
                step(text[at]);
                at++;
                continue;
            }
            int stringEnd = JsonScan.stringEnd(text, at, end);
            JsonText string = new JsonText(text, at, stringEnd);
            at = JsonScan.skipSpace(text, stringEnd, end);
            if (at == end || text[at] != ':') {
                String in = placeDepth == NOWHERE && places.contains(name) ? name : place;
                return Optional.of(new JsonText.Found(in, name, string));
            }
            name = string.string();
            at++;
        }
        return Optional.empty();
    }

    /// Past a byte between strings: behind some of them, what follows is no longer the value of the name before.
    private void step(byte b) {
        switch (b) {
            case '{', '[' -> {
                depth++;
                if (placeDepth == NOWHERE && places.contains(name)) {
                    place = name;
                    placeDepth = depth;
                }
                name = "";
            }
            case '}', ']' -> {
                depth--;
                if (depth < placeDepth) {
                    place = "";
                    placeDepth = NOWHERE;
                }
            }
            case ',' -> name = "";
            default -> {}
        }
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public JsonText.Found next() {
        JsonText.Found found = next.orElseThrow();
        next = find();
        return found;
    }
}
