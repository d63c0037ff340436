// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

/// Reads one transcript, object by object, in order. For one file and one thread.
public interface TranscriptReader {
    /// To be told before the first object when the session has a title already: then only one that somebody gives
    /// it is a title, and no prompt.
    void titled();

    /// What an object gives.
    ///
    /// @param object good until this returns
    /// @param seq the first slot it may use
    Piece read(JsonSlice object, long seq);

    /// What is needed to go on after the last object read, as JSON: given to [Transcript#reader], it makes a reader
    /// that gives the same as this one. Small, however long the file.
    String state();
}
