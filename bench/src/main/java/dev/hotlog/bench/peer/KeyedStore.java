// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import java.io.IOException;

/// A store that finds an event by its session and seq. One that does not have the event throws.
public interface KeyedStore extends Store {
    /// Finds the event and reads its time, at the least cost that the peer knows.
    long millisOf(String sessionId, long seq) throws IOException;

    /// The event, to keep.
    Event get(String sessionId, long seq) throws IOException;
}
