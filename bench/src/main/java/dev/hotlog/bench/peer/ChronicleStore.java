// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/// Chronicle Queue as it comes: mapped files, no checksums, no index by key, and no sync. A document is the key's
/// length, the key and the value.
final class ChronicleStore implements Store {
    /// What its page on Java 17 and later lists, and, of JDK 25, leave to use `Unsafe` without a warning.
    static final List<String> JVM_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true");

    private final EventBytes bytes = new EventBytes();
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;

    ChronicleStore(Path folder) {
        queue = ChronicleQueue.singleBuilder(folder.toFile()).build();
        appender = queue.createAppender();
    }

    @Override
    public void append(List<Event> transaction) {
        for (Event event : transaction) {
            try (DocumentContext document = appender.writingDocument()) {
                Bytes<?> to = bytesOf(document);
                ByteBuffer key = bytes.key(event.sessionId(), event.seq());
                to.writeInt(key.limit()).writeSome(key);
                to.writeSome(bytes.value(event));
            }
        }
    }

    @Override
    public void scan(Fields each) {
        try (ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return;
                    }
                    read(bytesOf(document), each);
                }
            }
        }
    }

    private static Bytes<?> bytesOf(DocumentContext document) {
        return Objects.requireNonNull(document.wire()).bytes();
    }

    private static void read(Bytes<?> from, Fields each) {
        int keyBytes = from.readInt();
        long value = from.readPosition() + keyBytes;
        long seq = Long.reverseBytes(from.readLong(value - Long.BYTES));
        int place = EventBytes.tokensOutPlace(from.readInt(value + EventBytes.PRESENT));
        long tokensOut =
                place == EventBytes.NO_PLACE ? Measure.ABSENT : Integer.toUnsignedLong(from.readInt(value + place));
        each.event(
                seq,
                from.readLong(value + EventBytes.TIME),
                tokensOut,
                from.readInt(value + EventBytes.PAYLOAD_LENGTH));
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
