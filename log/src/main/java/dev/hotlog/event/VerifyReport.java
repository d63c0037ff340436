// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;

/// What a check of every byte of a log found.
///
/// @param damage bytes that are not as they were written, and files that are missing, in the order of the files
/// @param losses the sessions whose events are in damaged places, by id, as far as sound indexes tell
/// @param tornBytes behind the last whole batch of the unsealed end: no damage, the next writer cuts them off; 0 when
///     nothing is torn
/// @param tornFile the file in which they are; empty when nothing is torn
/// @param tornPosition where they begin in it
/// @param segments how many files of events there are
/// @param bytes that were checked, in segments and indexes
/// @param events that can be read
/// @param lostEvents that earlier repairs have put down as lost; no damage any more
public record VerifyReport(
        List<Damage> damage,
        List<SessionLoss> losses,
        long tornBytes,
        String tornFile,
        long tornPosition,
        int segments,
        long bytes,
        long events,
        long lostEvents) {
    public VerifyReport {
        damage = List.copyOf(damage);
        losses = List.copyOf(losses);
    }

    /// Whether everything is as it was written, up to a clean end.
    public boolean isSound() {
        return damage.isEmpty() && tornBytes == 0;
    }
}
