// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.EventView;
import java.io.IOException;

/// A way to print events, one after another.
interface EventPrinter {
    void print(EventView event) throws IOException;
}
