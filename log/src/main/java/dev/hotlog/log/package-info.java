// SPDX-License-Identifier: Apache-2.0
/// The face of the log: [HotLog] writes it, [HotLogReader] reads it, beside a writer or alone.
@NullMarked
package dev.hotlog.log;

import org.jspecify.annotations.NullMarked;
