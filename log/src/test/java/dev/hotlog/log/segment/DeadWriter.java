// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Makes the writer that `published` names a process that has ended. A simulated writer is this very process,
/// which lives on after its disk lost power; without this, readers would wait for it to go on.
public final class DeadWriter {
    private static final int WRITER_PID = 32;
    private static final int WRITER_START = 40;
    /// No system gives a process such a number, and none has to be asked.
    private static final long NO_PID = -1;
    private static final int CRC = 56;

    private DeadWriter() {}

    /// The files as they are, but for the number of the writing process. A torn `published` stays as it
    /// is.
    public static DiskImage bury(DiskImage image) {
        byte[] bytes = image.bytes(Published.NAME);
        if (bytes == null) {
            return image;
        }
        Optional<Published> published = Published.read(MemorySegment.ofArray(bytes));
        return published.isEmpty() || published.get().writerPid() == 0
                ? image
                : image.with(Published.NAME, withAnotherPid(bytes));
    }

    /// The operation as a dead writer would have done it, in whatever process the test runs.
    public static Operation bury(Operation operation) {
        if (!(operation instanceof Operation.Write write)
                || !write.name().equals(Published.NAME)
                || write.bytes().remaining() != Published.BYTES) {
            return operation;
        }
        byte[] bytes = new byte[Published.BYTES];
        write.bytes().get(bytes);
        Optional<Published> published = Published.read(MemorySegment.ofArray(bytes));
        return published.isEmpty() || published.get().writerPid() == 0
                ? operation
                : new Operation.Write(
                        write.number(), write.name(), write.position(), ByteBuffer.wrap(withAnotherPid(bytes)));
    }

    /// As [#bury(DiskImage)], in the page cache of a storage.
    public static void bury(FaultyStorage storage) throws LogException {
        DiskImage image = storage.image();
        DiskImage buried = bury(image);
        if (!buried.equals(image)) {
            try (StoredFile published = storage.open(Published.NAME)) {
                published.write(ByteBuffer.wrap(buried.bytes(Published.NAME)), 0);
            }
        }
    }

    private static byte[] withAnotherPid(byte[] bytes) {
        byte[] changed = bytes.clone();
        MemorySegment memory = MemorySegment.ofArray(changed);
        memory.set(Bytes.U64, WRITER_PID, NO_PID);
        memory.set(Bytes.U64, WRITER_START, 0L);
        CRC32C crc = new CRC32C();
        crc.update(changed, 0, CRC);
        memory.set(Bytes.U32, CRC, (int) crc.getValue() | 1);
        return changed;
    }
}
