// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Mark;

/// How far a file was read, and what came of it.
///
/// @param mark up to where
/// @param proof of what lies before that
/// @param stamp the file's, if it was read to its end then: one that has it still has nothing new
/// @param passedOver what made no sense up to there
/// @param reader the reader's state, a JSON object
record Reached(Mark mark, FileProof proof, FileStamp stamp, PassedOver passedOver, String reader) {}
