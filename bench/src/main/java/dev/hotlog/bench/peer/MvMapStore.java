// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/// The MVStore of H2: one map of bytes to bytes. A transaction is committed, and synced where it is to be.
final class MvMapStore implements KeyedStore {
    private static final int CACHE_MEGABYTES = 256;

    private final EventBytes bytes = new EventBytes();
    private final Sync sync;
    private final MVStore store;
    private final MVMap<byte[], byte[]> events;

    MvMapStore(Path folder, Sync sync) {
        this.sync = sync;
        // Commits come from us alone.
        store = new MVStore.Builder()
                .fileName(folder.resolve("events.mv").toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitDisabled()
                .open();
        events = store.openMap(
                "events",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public void append(List<Event> transaction) throws IOException {
        for (Event event : transaction) {
            byte[] key = EventBytes.keyBytes(event.sessionId(), event.seq());
            if (events.putIfAbsent(key, bytes.valueBytes(event)) != null) {
                throw new IOException("MVStore: there is an event " + event + " already");
            }
        }
        store.commit();
        if (sync == Sync.EACH_TRANSACTION) {
            store.sync();
        }
    }

    @Override
    public void scan(Fields each) {
        for (Map.Entry<byte[], byte[]> event : events.entrySet()) {
            EventBytes.read(EventBytes.seq(ByteBuffer.wrap(event.getKey())), ByteBuffer.wrap(event.getValue()), each);
        }
    }

    @Override
    public long millisOf(String sessionId, long seq) throws IOException {
        return EventBytes.millis(find(sessionId, seq));
    }

    @Override
    public Event get(String sessionId, long seq) throws IOException {
        return EventBytes.event(sessionId, seq, find(sessionId, seq));
    }

    private ByteBuffer find(String sessionId, long seq) throws IOException {
        byte[] found = events.get(EventBytes.keyBytes(sessionId, seq));
        if (found == null) {
            throw new IOException("MVStore: no event " + sessionId + "/" + seq);
        }
        return ByteBuffer.wrap(found);
    }

    @Override
    public void close() {
        store.close();
    }
}
