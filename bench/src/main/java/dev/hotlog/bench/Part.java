// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A part of the benchmark, measured in a JVM of its own, so that none is compiled to suit another.
enum Part {
    APPEND,
    /// Writes the log that [#SCAN] and [#LOOKUP] read. Gives no rows.
    STORE,
    SCAN,
    LOOKUP,
    SIZE,
    HISTORY,
    TAIL,
    ALLOCATION,
    START,
    PROGRAM,
    IMPORT,
    /// Of one size of the log. [Growth] asks it of several.
    GROWTH;

    /// Those that can be asked for.
    static final Set<Part> MEASURED = EnumSet.complementOf(EnumSet.of(STORE));

    /// @throws IllegalArgumentException when none has that name
    static Part named(String word) {
        for (Part part : values()) {
            if (part.word().equals(word)) {
                return part;
            }
        }
        throw new IllegalArgumentException("there is no option or part " + word);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean readsStoredLog() {
        return this == SCAN || this == LOOKUP;
    }

    List<Row> measure(Settings settings) throws IOException, InterruptedException {
        return switch (this) {
            case APPEND -> AppendBench.rows(settings);
            case STORE -> StoredLog.write(settings);
            case SCAN -> ScanBench.rows(settings);
            case LOOKUP -> LookupBench.rows(settings);
            case SIZE -> SizeBench.rows(settings);
            case HISTORY -> HistoryBench.rows(settings);
            case TAIL -> TailBench.rows(settings);
            case ALLOCATION -> AllocationBench.rows(settings);
            case START -> StartBench.rows(settings);
            case PROGRAM -> ProgramBench.rows(settings);
            case IMPORT -> ImportBench.rows(settings);
            case GROWTH -> GrowthBench.rows(settings);
        };
    }

    boolean hasPeer(Peer peer) {
        return switch (this) {
            case APPEND, SCAN, SIZE -> true;
            case LOOKUP -> peer.isKeyed();
            case PROGRAM -> peer == Peer.SQLITE;
            case STORE, HISTORY, TAIL, ALLOCATION, START, IMPORT, GROWTH -> false;
        };
    }

    /// Measures ours beside that peer, in turn.
    List<Row> measureBeside(Peer peer, Settings settings) throws IOException, InterruptedException {
        return switch (this) {
            case APPEND -> PeerAppendBench.rows(settings, peer);
            case SCAN -> PeerScanBench.rows(settings, peer);
            case LOOKUP -> PeerLookupBench.rows(settings, peer);
            case SIZE -> SizeBench.rowsBeside(settings, peer);
            case PROGRAM -> ProgramBench.rowsBeside(settings, peer);
            case STORE, HISTORY, TAIL, ALLOCATION, START, IMPORT, GROWTH ->
                throw new IllegalArgumentException(word() + " is not measured beside peers");
        };
    }
}
