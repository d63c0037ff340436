// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Where files of a log are put that are no longer part of it.
///
/// @param directory the log's
/// @param folder its name in there; made when something is put into it
record AsideFolder(Path directory, String folder) {
    /// As [Storage#moveAside(String, String, String)].
    String move(String name, String newName) throws LogException {
        Path file = directory.resolve(name);
        Path aside = directory.resolve(folder);
        try {
            Files.createDirectories(aside, DurableFolder.privately("rwx------"));
            String free = freeName(file, aside, newName);
            Files.move(file, aside.resolve(free), StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(file); // To move a file onto a second name of its own does nothing.
            DurableFolder.force(aside);
            DurableFolder.force(directory);
            return free;
        } catch (IOException e) {
            throw new LogException.Storage("cannot move " + file + " into " + aside, e);
        }
    }

    /// As [Storage#keepAside(String, String, String)].
    String keep(String name, String newName) throws LogException {
        Path file = directory.resolve(name);
        Path aside = directory.resolve(folder);
        try {
            Files.createDirectories(aside, DurableFolder.privately("rwx------"));
            String free = freeName(file, aside, newName);
            Path second = aside.resolve(free);
            if (!Files.exists(second)) {
                try {
                    Files.createLink(second, file);
                } catch (UnsupportedOperationException | FileSystemException _) {
                    copy(file, second); // A file system without second names, such as FAT.
                }
            }
            DurableFolder.force(aside);
            DurableFolder.force(directory);
            return free;
        } catch (IOException e) {
            throw new LogException.Storage("cannot keep " + file + " in " + aside, e);
        }
    }

    private static String freeName(Path file, Path aside, String name) {
        return FreeName.of(name, tried -> {
            Path there = aside.resolve(tried);
            return Files.exists(there) && !haveSameBytes(there, file);
        });
    }

    private static boolean haveSameBytes(Path one, Path other) {
        try {
            return Files.mismatch(one, other) < 0;
        } catch (IOException _) {
            return false; // What cannot be read is not known to be the same.
        }
    }

    private static void copy(Path file, Path second) throws IOException {
        Path making = second.resolveSibling(second.getFileName() + ".new");
        Files.copy(file, making, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel = FileChannel.open(making, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(making, second, StandardCopyOption.ATOMIC_MOVE);
    }
}
