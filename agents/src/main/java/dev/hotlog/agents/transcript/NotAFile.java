// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What is called like a transcript is none that could be read: to open a pipe may take for ever.
public final class NotAFile extends IOException {
    private static final long serialVersionUID = 1;

    private NotAFile(String reason) {
        super(reason);
    }

    /// The attributes of a regular file.
    public static BasicFileAttributes attributes(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NotAFile(
                    attributes.isDirectory() ? "is a folder" : "is a pipe or a device; only a file can be imported");
        }
        return attributes;
    }
}
