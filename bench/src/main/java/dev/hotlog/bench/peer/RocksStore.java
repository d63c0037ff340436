// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// RocksDB with the options that its page "Setup Options and Basic Tuning" advises; a transaction is a `WriteBatch`.
///
/// It does not look whether a key is there already: a second event under a key would replace the first.
final class RocksStore implements KeyedStore {
    private static final long CACHE_BYTES = 256L << 20;
    private static final long BLOCK_BYTES = 16L << 10;
    private static final int BLOOM_BITS = 10;
    private static final int FORMAT_VERSION = 5;
    private static final long BYTES_PER_SYNC = 1L << 20;
    private static final int BACKGROUND_JOBS = 4;
    private static final int MOST_VALUE_BYTES = 1 << 20;

    private final EventBytes bytes = new EventBytes();
    private final ByteBuffer found = ByteBuffer.allocateDirect(MOST_VALUE_BYTES);
    private final LRUCache cache;
    private final BloomFilter filter;
    private final Options options;
    private final WriteOptions writing;
    private final ReadOptions reading;
    private final WriteBatch batch;
    private final RocksDB database;

    RocksStore(Path folder, Sync sync) throws IOException {
        RocksDB.loadLibrary();
        cache = new LRUCache(CACHE_BYTES);
        filter = new BloomFilter(BLOOM_BITS);
        options = new Options()
                .setCreateIfMissing(true)
                .setLevelCompactionDynamicLevelBytes(true)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setBytesPerSync(BYTES_PER_SYNC)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(filter)
                        .setFormatVersion(FORMAT_VERSION));
        writing = new WriteOptions().setSync(sync == Sync.EACH_TRANSACTION);
        reading = new ReadOptions();
        batch = new WriteBatch();
        try {
            database = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            throw new IOException("RocksDB: " + e.getMessage(), e);
        }
    }

    @Override
    public void append(List<Event> transaction) throws IOException {
        try {
            batch.clear();
            for (Event event : transaction) {
                batch.put(bytes.key(event.sessionId(), event.seq()), bytes.value(event));
            }
            database.write(writing, batch);
        } catch (RocksDBException e) {
            throw new IOException("RocksDB: " + e.getMessage(), e);
        }
    }

    @Override
    public void scan(Fields each) throws IOException {
        ByteBuffer key = ByteBuffer.allocateDirect(MOST_VALUE_BYTES);
        try (RocksIterator events = database.newIterator(reading)) {
            for (events.seekToFirst(); events.isValid(); events.next()) {
                key.clear();
                found.clear();
                events.key(key);
                events.value(found);
                EventBytes.read(EventBytes.seq(key), found, each);
            }
            events.status();
        } catch (RocksDBException e) {
            throw new IOException("RocksDB: " + e.getMessage(), e);
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
        try {
            if (database.get(reading, bytes.key(sessionId, seq), found.clear()) == RocksDB.NOT_FOUND) {
                throw new IOException("RocksDB: no event " + sessionId + "/" + seq);
            }
            return found;
        } catch (RocksDBException e) {
            throw new IOException("RocksDB: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        database.close();
        batch.close();
        reading.close();
        writing.close();
        options.close();
        filter.close();
        cache.close();
    }
}
