// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Storage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The small language of the parity tests: a log on a simulated disk, written, damaged, reopened, read.
final class ParityLog {
    static final String FIRST_SEGMENT = "00000000000000000000.hotlog";

    private FaultyStorage storage;

    ParityLog() {
        this(new FaultyStorage());
    }

    ParityLog(FaultyStorage storage) {
        this.storage = storage;
    }

    FaultyStorage storage() {
        return storage;
    }

    static HotLog open(Storage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    HotLog open() throws LogException {
        return open(storage);
    }

    HotLogReader reader() throws LogException {
        return HotLogReader.open(storage);
    }

    /// Appends events `from` to `to - 1` of a session, and closes.
    ParityLog appended(String session, int from, int to) throws LogException {
        try (HotLog log = open()) {
            for (int seq = from; seq < to; seq++) {
                log.append(Events.event(session, seq));
            }
        }
        return this;
    }

    /// The process is killed: what was written is in the page cache, nothing more happens.
    ParityLog killed() {
        storage = storage.killed();
        return this;
    }

    /// Somebody changed the bytes of a file.
    ParityLog changed(String file, Consumer<byte[]> change) {
        byte[] bytes = storage.image().bytes(file).clone();
        change.accept(bytes);
        return with(storage.image().with(file, bytes));
    }

    ParityLog with(DiskImage image) {
        storage = new FaultyStorage(image);
        return this;
    }

    byte[] bytes(String file) {
        return storage.image().bytes(file);
    }

    /// Where the event at that offset lies in the first segment.
    int positionOf(long seq) {
        byte[] payload = Events.event("s", seq).payload().toBytes();
        byte[] file = bytes(FIRST_SEGMENT);
        for (int at = 0; at + payload.length <= file.length; at++) {
            if (Arrays.equals(file, at, at + payload.length, payload, 0, payload.length)) {
                return at;
            }
        }
        throw new AssertionError("no event " + seq);
    }

    /// The seqs that replay gives, with the damage it met.
    List<Long> replayed(List<Damage> damage) throws LogException {
        List<Long> seqs = new ArrayList<>();
        try (HotLogReader reader = reader();
                Replay replay = reader.replay().onDamage(damage::add)) {
            for (EventView event : replay) {
                seqs.add(event.seq());
            }
        }
        return seqs;
    }

    List<Long> replayed() throws LogException {
        List<Damage> damage = new ArrayList<>();
        List<Long> seqs = replayed(damage);
        if (!damage.isEmpty()) {
            throw new LogException.Damaged(damage.getFirst());
        }
        return seqs;
    }

    List<Event> events() throws LogException {
        try (HotLogReader reader = reader();
                Replay replay = reader.replay()) {
            return replay.events().toList();
        }
    }

    static List<Long> seqs(int from, int to) {
        List<Long> seqs = new ArrayList<>();
        for (long seq = from; seq < to; seq++) {
            seqs.add(seq);
        }
        return seqs;
    }
}
