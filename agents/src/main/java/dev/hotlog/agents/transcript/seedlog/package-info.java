// SPDX-License-Identifier: Apache-2.0

/// The log that the program wrote from which Hotlog took its idea: one file, `hot/log.bin`, of events in rkyv
/// archives.
@NullMarked
package dev.hotlog.agents.transcript.seedlog;

import org.jspecify.annotations.NullMarked;
