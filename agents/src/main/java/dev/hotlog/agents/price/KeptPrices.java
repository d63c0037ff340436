// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The prices that the user has set for a log, kept in its folder as the user wrote them: they count before the
/// built-in ones. They are there in whole or not at all, whenever the program or the machine stops.
public final class KeptPrices {
    /// The file's name in the log's folder.
    public static final String NAME = "prices.csv";

    private final Path folder;

    /// @param folder the log's
    public KeptPrices(Path folder) {
        this.folder = folder;
    }

    /// Where they are, or would be.
    public Path file() {
        return folder.resolve(NAME);
    }

    /// The table as it was kept; empty when none is.
    public Optional<byte[]> text() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Keeps that table from now on.
    public void keep(byte[] text) throws IOException {
        Path unfinished = Files.createTempFile(folder, NAME, ".new");
        try {
            try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(text);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(unfinished, file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        forceFolder();
    }

    /// Goes back to the built-in prices alone.
    public void forget() throws IOException {
        Files.deleteIfExists(file());
        forceFolder();
    }

    /// So that the name outlives a power cut too. Windows cannot do that, and need not.
    private void forceFolder() throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
