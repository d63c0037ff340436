// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.function.IntSupplier;

/// Which streams end at a terminal, and how wide it is.
///
/// @param columns asked for only when needed; 0 when unknown
public record Terminal(boolean in, boolean out, boolean err, IntSupplier columns) {
    /// No terminal at all.
    public static final Terminal NONE = new Terminal(false, false, false, () -> 0);
}
