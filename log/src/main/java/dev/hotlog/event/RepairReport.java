// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.nio.file.Path;
import java.util.List;

/// What repair found and did.
///
/// @param damage found; none of it is left in the log
/// @param losses the sessions whose events are lost, by id, as far as sound indexes tell
/// @param movedAside the damaged files, where they are kept now
/// @param tornBytes cut off the unsealed end, and kept in a file; 0 when nothing was torn
/// @param segmentsRewritten how many files were made anew
/// @param indexesRebuilt how many indexes were
/// @param events that are in the log now
/// @param lostEvents that are newly put down as lost; an upper bound where it cannot be told
public record RepairReport(
        List<Damage> damage,
        List<SessionLoss> losses,
        List<Path> movedAside,
        long tornBytes,
        int segmentsRewritten,
        int indexesRebuilt,
        long events,
        long lostEvents) {
    public RepairReport {
        damage = List.copyOf(damage);
        losses = List.copyOf(losses);
        movedAside = List.copyOf(movedAside);
    }

    /// Whether there was nothing to do.
    public boolean isUnchanged() {
        return segmentsRewritten == 0 && indexesRebuilt == 0 && tornBytes == 0;
    }
}
