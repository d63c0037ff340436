// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Tells a reader that went away (`hotlog replay | head`) from a write that failed.
final class PipeOutput extends FilterOutputStream {
    PipeOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        try {
            out.write(bytes, start, length);
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw told(e);
        }
    }

    /// The JDK tells the two apart in words alone: those of Linux and macOS, and the two of Windows.
    private static IOException told(IOException e) {
        String message = String.valueOf(e.getMessage());
        boolean gone = message.contains("Broken pipe")
                || message.contains("pipe is being closed")
                || message.contains("pipe has been ended");
        return gone ? new Closed(e) : new Unwritable(message, e);
    }

    /// The system takes no more: a full disk, most often.
    static final class Unwritable extends IOException {
        private static final long serialVersionUID = 1L;

        Unwritable(String reason, IOException cause) {
            super("standard output cannot be written: " + reason, cause);
        }
    }

    /// Nobody reads any more.
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1L;

        Closed(IOException cause) {
            super("nobody reads the output any more", cause);
        }
    }
}
