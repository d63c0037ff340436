// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.search.Hit;
import java.io.IOException;

/// How a search shows what it finds.
interface HitPrinter {
    void print(Hit hit) throws IOException;
}
