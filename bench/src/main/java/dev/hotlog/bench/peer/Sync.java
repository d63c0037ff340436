// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

/// When a store's transactions are on disk.
public enum Sync {
    /// Each before its append returns.
    EACH_TRANSACTION,
    /// When the system or the peer pleases.
    NEVER
}
