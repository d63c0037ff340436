// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// What can be read of the folder of one log. Names are plain file names in it.
public interface ReadableStorage {
    /// The folder, for messages.
    Path directory();

    /// The names of all files, sorted; empty when the folder is missing.
    List<String> list() throws LogException;

    /// Whether [#list] would name that file.
    default boolean has(String name) throws LogException {
        return list().contains(name);
    }

    /// Maps the whole file as long as it is now, for reading. The memory is good for as long as anyone refers to it;
    /// what is written to the file later shows in it. Nobody ever makes a file shorter.
    MemorySegment map(String name) throws LogException;

    /// Fills the buffer from a file, as a call that fails where the disk refuses a sector: to touch such a sector in a
    /// map may end the process.
    ///
    /// @throws RefusedRead when the device does not give these bytes
    /// @throws LogException.Storage when the call failed otherwise, which tells nothing of the bytes
    default void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
        into.put(map(name).asSlice(position, into.remaining()).asByteBuffer());
    }
}
