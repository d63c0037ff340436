// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/// LMDB with its default flags, and `MDB_NOSYNC` where it is not to sync. `MDB_NOOVERWRITE` makes it look whether a key
/// is there already.
///
/// Lookups share a read transaction, which is reset and renewed at each, as its documentation advises: so each sees
/// what is there when it is made.
final class LmdbStore implements KeyedStore {
    static final List<String> JVM_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    /// Address space, not disk: the file has the pages that are used.
    private static final long MAP_BYTES = 64L << 30;

    private final EventBytes bytes = new EventBytes();
    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> events;
    private @Nullable Txn<ByteBuffer> lookups;

    LmdbStore(Path folder, Sync sync) {
        EnvFlags[] flags = sync == Sync.EACH_TRANSACTION ? new EnvFlags[0] : new EnvFlags[] {EnvFlags.MDB_NOSYNC};
        environment = Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).open(folder.toFile(), flags);
        events = environment.openDbi("events", DbiFlags.MDB_CREATE);
    }

    @Override
    public void append(List<Event> transaction) throws IOException {
        try (Txn<ByteBuffer> writing = environment.txnWrite()) {
            for (Event event : transaction) {
                ByteBuffer key = bytes.key(event.sessionId(), event.seq());
                if (!events.put(writing, key, bytes.value(event), PutFlags.MDB_NOOVERWRITE)) {
                    throw new IOException("LMDB: there is an event " + event + " already");
                }
            }
            writing.commit();
        }
    }

    @Override
    public void scan(Fields each) {
        try (Txn<ByteBuffer> reading = environment.txnRead();
                CursorIterable<ByteBuffer> all = events.iterate(reading)) {
            for (CursorIterable.KeyVal<ByteBuffer> event : all) {
                EventBytes.read(EventBytes.seq(event.key()), event.val(), each);
            }
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
        ByteBuffer found = events.get(renewed(), bytes.key(sessionId, seq));
        if (found == null) {
            throw new IOException("LMDB: no event " + sessionId + "/" + seq);
        }
        return found;
    }

    private Txn<ByteBuffer> renewed() {
        Txn<ByteBuffer> transaction = lookups;
        if (transaction == null) {
            transaction = environment.txnRead();
            lookups = transaction;
        } else {
            transaction.reset();
            transaction.renew();
        }
        return transaction;
    }

    @Override
    public void close() {
        if (lookups != null) {
            lookups.close();
        }
        environment.close();
    }
}
