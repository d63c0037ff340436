// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.EventFrame;
import java.nio.charset.StandardCharsets;

/// A session id to look for: its UTF-8 and hash are made once, however many indexes are asked. Immutable.
public final class SessionKey {
    private final byte[] utf8;
    private final long hash;

    public SessionKey(String sessionId) {
        this.utf8 = sessionId.getBytes(StandardCharsets.UTF_8);
        this.hash = Utf8.hash(utf8);
    }

    byte[] utf8() {
        return utf8;
    }

    long hash() {
        return hash;
    }

    /// As [SegmentIndex#sessionHashes()] tells it.
    int upperHash() {
        return (int) (hash >>> Integer.SIZE);
    }

    /// Whether that is the event's session; as [EventView#isOfSession(String)], word by word.
    public boolean isOf(EventFrame event) {
        return Utf8.isAt(event.memory(), event.sessionSpan(), utf8);
    }
}
