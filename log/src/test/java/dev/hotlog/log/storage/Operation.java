// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.nio.ByteBuffer;

/// What a storage was asked to do. Those that change the disk make up its trace, from which every disk that a
/// power cut may leave at any moment can be computed.
///
/// Files have numbers beside their names, since an open file stays the same one under another name.
public sealed interface Operation {
    /// @param number of the new file
    record Create(int number, String name) implements Operation {}

    /// @param bytes from its position to its limit; not to be changed
    record Write(int number, String name, long position, ByteBuffer bytes) implements Operation {
        public Write {
            bytes = bytes.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        /// The position behind its last byte.
        int end() {
            return Math.toIntExact(position + bytes.remaining());
        }

        /// The first `length` bytes of it.
        Write first(int length) {
            return new Write(number, name, position, bytes().limit(bytes.position() + length));
        }

        @Override
        public String toString() {
            return "Write[" + name + ", " + position + " + " + bytes.remaining() + "]";
        }
    }

    record Force(int number, String name) implements Operation {}

    /// A force that reported an error.
    ///
    /// @param seed decides which sectors reached the disk all the same
    record FailedForce(int number, String name, long seed) implements Operation {}

    record Rename(String from, String to) implements Operation {}

    /// Gives the file that has a name another one too.
    record Link(String name, String second) implements Operation {}

    record Delete(String name) implements Operation {}

    record ForceDirectory() implements Operation {}

    /// As [FailedForce], for names.
    record FailedForceDirectory(long seed) implements Operation {}

    /// Anything that changes nothing on disk, and can fail. Not in the trace.
    ///
    /// @param what such as `map`
    record Look(String what, String name) implements Operation {}

    /// A word of the test, put into the trace to know what had happened by then.
    record Mark(Object what) implements Operation {}
}
