// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.nio.ByteBuffer;

/// A file open for writing. For one thread at a time, which nobody interrupts: an interrupt would close the file.
public interface StoredFile extends AutoCloseable {
    String name();

    /// It has another name from now on, which errors tell.
    void renamed(String name);

    /// How long the file is, in bytes.
    long sizeBytes() throws LogException;

    /// Writes all that is left in the buffer, from `position` on; the file grows as needed.
    void write(ByteBuffer bytes, long position) throws LogException;

    /// Returns once all bytes written so far, and the length, are on disk. After a failure nothing is known of any of
    /// them, and forcing again proves nothing.
    void force() throws LogException;

    @Override
    void close() throws LogException;
}
