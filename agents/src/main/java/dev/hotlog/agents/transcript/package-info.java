// SPDX-License-Identifier: Apache-2.0

/// Agents' transcripts, read: files in, events out.
///
/// A [Transcript] knows where one agent keeps its files and what they mean; there is one package for each, or
/// for a family. What they share lies here: cutting bytes into [Lines] and lines into objects ([Scan]), looking
/// into an object without decoding the whole of it ([JsonSlice]), keeping its bytes as an event's payload
/// ([Payload]), and what a reader carries from object to object ([SessionReader]).
///
/// What agents write anew instead of appending to it is read as a [Whole]: a [Document], [WholeLines], a tree of
/// files, rows of a database ([Sqlite]).
///
/// A reader is a pure function of a file's bytes and a small state that can be kept and taken up again. It knows
/// neither the log nor another agent's reader.
@NullMarked
package dev.hotlog.agents.transcript;

import org.jspecify.annotations.NullMarked;
