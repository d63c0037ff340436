// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What proves that the part of a file that was read is still there: digests of how it begins and how it ends. A
/// file that was cut short, replaced or written anew has others.
record FileProof(String head, String tail) {
    private static final int BYTES = 4096;

    /// Of the bytes before that position.
    static FileProof of(FileChannel channel, long position) throws IOException {
        int length = (int) Math.min(BYTES, position);
        return new FileProof(digest(channel, 0, length), digest(channel, position - length, length));
    }

    private static String digest(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
            // until all are there, or the file ends
        }
        return HexFormat.of().formatHex(sha256().digest(bytes.array()), 0, 8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
