// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import dev.hotlog.event.Cursor;
import dev.hotlog.event.SessionFacts;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the bodies of facts and cursors. (docs/format.md, Facts; Cursor)
public final class FactsFrame {
    private final MemorySegment body;
    private long at;
    private boolean whole = true;

    private FactsFrame(MemorySegment body) {
        this.body = body;
    }

    /// The facts in that body; empty when it contradicts itself, which only a bug in a writer can bring about.
    public static Optional<SessionFacts> readFacts(MemorySegment body) {
        FactsFrame frame = new FactsFrame(body);
        int sessionLength = frame.u16();
        int count = frame.u16();
        String session = frame.text(sessionLength);
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i < count && frame.whole; i++) {
            String name = frame.text(frame.u16());
            facts.put(name, frame.text(frame.u16()));
        }
        return frame.whole ? Optional.of(new SessionFacts(session, facts)) : Optional.empty();
    }

    /// The cursor in that body; empty when it contradicts itself.
    public static Optional<Cursor> readCursor(MemorySegment body) {
        FactsFrame frame = new FactsFrame(body);
        String source = frame.text(frame.u16());
        String state = frame.text(frame.u16());
        return frame.whole && !source.isEmpty() ? Optional.of(new Cursor(source, state)) : Optional.empty();
    }

    private int u16() {
        if (at + Short.BYTES > body.byteSize()) {
            whole = false;
            return 0;
        }
        int value = Bytes.u16(body, at);
        at += Short.BYTES;
        return value;
    }

    private String text(int lengthBytes) {
        if (at + lengthBytes > body.byteSize()) {
            whole = false;
            return "";
        }
        byte[] utf8 = Bytes.copy(body, at, lengthBytes);
        at += lengthBytes;
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
