// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decides which texts of an index are names: kept once and told by their number, which counts from 1. Those that cells
/// are named by come first, in the order of [CellNames]; then facts that are told of more than one session. For one
/// thread.
final class NameWriter {
    private static final int INLINE = 0;

    private final List<byte[]> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    NameWriter(LiveIndex index) {
        Utf8Table cellNames = index.cells().names().utf8();
        for (int i = 0; i < cellNames.count(); i++) {
            add(new String(cellNames.text(i), StandardCharsets.UTF_8), cellNames.text(i));
        }
        Map<String, Integer> uses = new LinkedHashMap<>();
        for (LiveSession session : index.liveSessions()) {
            session.factsByName().forEach((name, value) -> {
                uses.merge(name, 1, Integer::sum);
                uses.merge(value, 1, Integer::sum);
            });
        }
        uses.forEach((text, count) -> {
            if (count > 1 && !numbers.containsKey(text)) {
                add(text, text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private void add(String text, byte[] utf8) {
        names.add(utf8);
        numbers.put(text, names.size());
    }

    int count() {
        return names.size();
    }

    /// A text as a name's number, or zero, its length and the text itself.
    void write(SectionWriter out, String text) {
        int number = numbers.getOrDefault(text, INLINE);
        out.varint(number);
        if (number == INLINE) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.varint(utf8.length);
            out.bytes(utf8);
        }
    }

    void writeNames(SectionWriter starts, SectionWriter texts) {
        for (byte[] name : names) {
            starts.u32((int) texts.lengthBytes());
            texts.bytes(name);
        }
        starts.u32((int) texts.lengthBytes());
    }
}
