// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

/// What a writer has put on disk since it opened the log.
///
/// @param events appended, duplicates not counted
/// @param frameBytes of their frames, and those of facts and cursors
/// @param forces that made them durable
public record WriterStats(long events, long frameBytes, long forces) {}
