// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;

/// What opening a log for writing found, and did.
///
/// @param outcome how the last writer left it
/// @param nextOffset the offset that the next event takes
/// @param copiedBytes of whole frames that were copied into a new file, because nothing proved them to be on disk
/// @param tornBytes cut off the unsealed end; 0 when nothing was torn
/// @param keptIn the file, within the log's folder, that keeps the cut bytes; empty when there are none
/// @param damage found in the unsealed end, and files that are missing or cannot be opened; recovery mends none of it,
///     `repair` does
public record RecoveryReport(
        Outcome outcome, long nextOffset, long copiedBytes, long tornBytes, String keptIn, List<Damage> damage) {
    /// How the last writer left the log.
    public enum Outcome {
        /// There was none: the log is new.
        CREATED,
        /// It closed it.
        CLEAN,
        /// It ended without closing; the end that nothing proved to be on disk was copied into a new file.
        RECOVERED
    }

    public RecoveryReport {
        damage = List.copyOf(damage);
    }

    /// One line for a person.
    @Override
    public String toString() {
        String told = switch (outcome) {
            case CREATED -> "new log";
            case CLEAN -> "closed cleanly";
            case RECOVERED -> "recovered after an unclean end";
        };
        String torn = tornBytes == 0 ? "" : ", " + tornBytes + " torn bytes kept in " + keptIn;
        return told + torn + (damage.isEmpty() ? "" : ", damaged: " + damage.getFirst());
    }
}
