// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes folders whose names a power cut does not take.
final class DurableFolder {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private DurableFolder() {}

    /// Makes a folder and those above it that are not there, for this user alone, their names on disk.
    static void create(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null) {
            return;
        }
        if (Files.isDirectory(folder)) {
            forceIfAllowed(parent);
            return;
        }
        create(parent);
        try {
            Files.createDirectory(folder, privately("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        force(parent);
    }

    /// A folder that is there may have been made by one who was killed before its name was forced. Others' folders,
    /// such as `/home`, may not be opened, but they are not new.
    private static void forceIfAllowed(Path folder) throws IOException {
        try {
            force(folder);
        } catch (AccessDeniedException _) {
            return;
        }
    }

    /// Who may do what with something that is made, where the system knows of that.
    static FileAttribute<?>[] privately(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /// Returns once the names in a folder are on disk.
    static void force(Path directory) throws IOException {
        if (!POSIX) {
            return; // Windows has no such call, and makes names durable with the file system's own journal.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
