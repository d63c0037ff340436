// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;

/// The folder of one log, to write to. Names are plain file names in it.
///
/// What a caller may assume of a disk is written in docs/design.md: bytes that are not forced may or may not be there
/// after a power cut, in any mixture of sectors; a name made, changed or deleted may or may not be until the folder is
/// forced; after a failed force nothing is known. Every failure is a [LogException.Storage] that names the file.
public interface Storage extends ReadableStorage {
    /// Makes the folder, open to its owner alone, and those above it as needed.
    void createDirectory() throws LogException;

    /// Makes a new file, open to its owner alone, for writing.
    ///
    /// @throws LogException.Storage also when the name is taken
    StoredFile create(String name) throws LogException;

    /// Opens a file that exists for writing.
    StoredFile open(String name) throws LogException;

    /// Gives a file another name, in place of the file that had it.
    void rename(String from, String to) throws LogException;

    /// Moves a file into a folder of that name within this one, which is made when missing. Durable when this returns;
    /// it never takes the place of a file with other bytes.
    ///
    /// @return the name that it has there: [FreeName#of] the new name
    String moveAside(String name, String folder, String newName) throws LogException;

    /// Gives a file a second name in a folder within this one, so that it stays when another takes its first name.
    /// Durable when this returns; does nothing when a file with the same bytes has that name already, and never
    /// takes the place of one with others.
    ///
    /// @return the name that it has there: [FreeName#of] the new name
    String keepAside(String name, String folder, String newName) throws LogException;

    void delete(String name) throws LogException;

    /// Returns once all names made, changed and deleted so far are on disk.
    void forceDirectory() throws LogException;

    /// How long the file is, in bytes.
    long sizeBytes(String name) throws LogException;

    /// Takes the writer's lock, which goes with the process.
    ///
    /// @throws LogException.Locked when another writer has it, in this process or another
    WriterLock lock() throws LogException;

    /// Held by the one writer of the log.
    interface WriterLock extends AutoCloseable {
        @Override
        void close() throws LogException;
    }
}
