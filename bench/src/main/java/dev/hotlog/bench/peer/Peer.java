// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.openhft.chronicle.queue.ChronicleQueue;
import org.h2.mvstore.MVStore;
import org.lmdbjava.Env;
import org.rocksdb.RocksDB;
import org.sqlite.JDBC;
import tools.jackson.core.json.JsonFactory;

/// The stores that Hotlog is measured beside.
public enum Peer {
    SQLITE("SQLite FULL", "SQLite NORMAL", JDBC.class, "WAL, PRIMARY KEY (session, seq), prepared statements"),
    ROCKSDB("RocksDB sync", "RocksDB", RocksDB.class, "as its tuning page advises, LZ4; finds no double keys"),
    LMDB("LMDB", "LMDB nosync", Env.class, "default flags, or NOSYNC"),
    MVSTORE("H2 MVStore", "MVStore nosync", MVStore.class, "commit(), and sync() where it syncs"),
    CHRONICLE("", "Chronicle Queue", ChronicleQueue.class, "neither checks, indexes nor syncs"),
    JSONL("JSON Lines", "JSONL nosync", JsonFactory.class, "appended by a FileChannel; no index, no checks");

    private final String syncing;
    private final String lazy;
    private final Class<?> library;
    private final String setting;

    Peer(String syncing, String lazy, Class<?> library, String setting) {
        this.syncing = syncing;
        this.lazy = lazy;
        this.library = library;
        this.setting = setting;
    }

    /// @throws IllegalArgumentException when none has that name
    public static Peer named(String word) {
        for (Peer peer : values()) {
            if (peer.word().equals(word)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("there is no peer " + word);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name of the peer with that setting, for a table.
    public String label(Sync sync) {
        return switch (sync) {
            case EACH_TRANSACTION -> syncing;
            case NEVER -> lazy;
        };
    }

    /// The library with its version and how it is set up, in a line.
    public String setting() {
        CodeSource source = library.getProtectionDomain().getCodeSource();
        String jar = Path.of(source.getLocation().getPath()).getFileName().toString();
        return jar.replace(".jar", "") + ": " + setting;
    }

    /// What it can be asked for.
    public Set<Sync> syncs() {
        return Collections.unmodifiableSet(this == CHRONICLE ? EnumSet.of(Sync.NEVER) : EnumSet.allOf(Sync.class));
    }

    /// Whether its stores are [KeyedStore]s.
    public boolean isKeyed() {
        return this != CHRONICLE && this != JSONL;
    }

    /// What its JVM must be told on JDK 25.
    public List<String> jvmOptions() {
        return switch (this) {
            case SQLITE, ROCKSDB -> List.of("--enable-native-access=ALL-UNNAMED");
            case LMDB -> LmdbStore.JVM_OPTIONS;
            case MVSTORE, JSONL -> List.of();
            case CHRONICLE -> ChronicleStore.JVM_OPTIONS;
        };
    }

    /// Makes a store in a folder that is there and empty.
    public Store open(Path folder, Sync sync) throws IOException {
        return switch (this) {
            case SQLITE -> new SqliteStore(folder, sync);
            case ROCKSDB -> new RocksStore(folder, sync);
            case LMDB -> new LmdbStore(folder, sync);
            case MVSTORE -> new MvMapStore(folder, sync);
            case CHRONICLE -> new ChronicleStore(folder);
            case JSONL -> new JsonLinesStore(folder, sync);
        };
    }
}
