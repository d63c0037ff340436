// SPDX-License-Identifier: Apache-2.0

/// The one door into the log: transcripts are found, read from where the last import stopped, and appended.
///
/// [Importer] is the door. Events, the facts of their session, what was counted of their usage and how far the file
/// has been read commit together, so that after any crash the next import goes on as if nothing had happened.
@NullMarked
package dev.hotlog.agents.ingest;

import org.jspecify.annotations.NullMarked;
