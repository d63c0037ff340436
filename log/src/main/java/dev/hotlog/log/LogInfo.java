// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import java.nio.file.Path;
import java.util.UUID;

/// A log at a glance.
///
/// @param directory its folder
/// @param logId drawn when it was created
/// @param segments how many files hold it
/// @param bytes their length, with indexes and the space prepared ahead
/// @param events that can be read
/// @param sessions that have events
/// @param firstOffset of the first event, or of the next when there is none
/// @param nextOffset the offset that the next event takes
/// @param oldestMillis the earliest event's time, in milliseconds since 1970 UTC; -1 when there is none
/// @param newestMillis the latest event's; -1 when there is none
/// @param createdMillis when the active segment was made
/// @param lastRecoveryMillis when a recovery or a repair last made a file, in milliseconds since 1970 UTC; -1 when
///     none was ever needed
/// @param tornFiles how many files keep what recoveries have cut off
public record LogInfo(
        Path directory,
        UUID logId,
        int segments,
        long bytes,
        long events,
        long sessions,
        long firstOffset,
        long nextOffset,
        long oldestMillis,
        long newestMillis,
        long createdMillis,
        long lastRecoveryMillis,
        int tornFiles) {}
