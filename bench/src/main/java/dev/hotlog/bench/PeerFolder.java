// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Store;
import dev.hotlog.bench.peer.Sync;
import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A new store of a peer, in a folder that is deleted when it is closed.
final class PeerFolder implements AutoCloseable {
    private final Scratch scratch;
    private final Store store;

    private PeerFolder(Scratch scratch, Store store) {
        this.scratch = scratch;
        this.store = store;
    }

    static PeerFolder make(Settings settings, Peer peer, Sync sync) throws IOException {
        Scratch scratch = Scratch.in(settings.folder());
        return new PeerFolder(scratch, peer.open(scratch.folder(), sync));
    }

    /// Why the peer cannot be measured here, such as a native library that does not load; empty when it can.
    static Optional<String> obstacle(Settings settings, Peer peer) throws IOException {
        try (Scratch scratch = Scratch.in(settings.folder())) {
            peer.open(scratch.folder(), Sync.NEVER).close();
            return Optional.empty();
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.of(e.toString());
        }
    }

    Store store() {
        return store;
    }

    /// Appends events, so many in each transaction.
    void append(List<Event> events, int transaction) throws IOException {
        for (int from = 0; from < events.size(); from += transaction) {
            store.append(events.subList(from, Math.min(from + transaction, events.size())));
        }
    }

    /// Appends the first events of the workload.
    void fill(int events, int transaction) throws IOException {
        Workload workload = new Workload();
        for (int from = 0; from < events; from += transaction) {
            store.append(workload.events(from, Math.min(transaction, events - from)));
        }
    }

    /// Brings to disk what the peer has left to the system, so that it does not weigh on the log's turn.
    void force() throws IOException {
        for (Path file : files()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    long bytesOnDisk() throws IOException {
        return DiskSpace.bytes(scratch.folder());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(scratch.folder())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() throws IOException {
        try (scratch) {
            store.close();
        }
    }
}
