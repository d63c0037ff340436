// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import java.io.IOException;
import java.util.List;

/// Events in a peer's files. For one thread.
public interface Store extends AutoCloseable {
    /// Appends events in one transaction. When this returns they are as durable as the [Sync] of the store says.
    void append(List<Event> transaction) throws IOException;

    /// Reads all events, in the order that comes easiest to the peer.
    void scan(Fields each) throws IOException;

    @Override
    void close() throws IOException;

    /// What a scan reads of an event.
    interface Fields {
        /// @param tokensOut [dev.hotlog.event.Measure#ABSENT] when the event has none
        void event(long seq, long tsMillis, long tokensOut, int payloadLengthBytes);
    }
}
