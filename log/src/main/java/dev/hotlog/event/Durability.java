// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// How far an append waits before it returns. Whatever the word, all appends reach the disk in order, and none waits
/// there for longer than the group rule allows.
public enum Durability {
    /// Until the event has its offset and lies in the log's memory. The group rule forces it soon after; a crash of the
    /// machine or the process before that loses it. Never more than two groups are at risk: one being forced, one
    /// being filled.
    MEMORY,
    /// Until the group it fell into is forced: when enough bytes or events have gathered, or the time is up.
    GROUP,
    /// Until it is forced, at once. Appends that wait at the same time share one force.
    FORCED
}
