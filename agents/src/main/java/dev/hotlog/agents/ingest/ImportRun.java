// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.log.HotLog;
import java.nio.file.Path;

/// What the files of one import share.
///
/// @param log to append to
/// @param directory the log's, to look up what is there
/// @param ledger of usage, over all files
/// @param tally of what is done
/// @param bytes how far the import has come
record ImportRun(HotLog log, Path directory, UsageLedger ledger, Tally tally, BytesDone bytes) {}
