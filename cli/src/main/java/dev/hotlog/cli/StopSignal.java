// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/// Ends a command that stays when its process is told to end: by Ctrl-C, `kill`, or the end of the session.
///
/// The JVM would end at once, and with a code of its own. Here the command is closed first, ends as it
/// always does, and its exit code is that of the process.
public final class StopSignal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private volatile boolean told;

    /// From now on, until what is returned is closed, the signal closes that. To be called by the main thread.
    Closeable closing(Closeable command) {
        Thread main = Thread.currentThread();
        Thread hook = new Thread(() -> end(command, main), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // It is at work.
            }
        };
    }

    private void end(Closeable command, Thread main) {
        told = true;
        try {
            command.close();
        } catch (IOException _) {
            // The command meets it as well, and tells.
        }
        try {
            main.join(PATIENCE); // it calls exit(), which does not return
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the process.
    void exit(int code) {
        if (told) {
            Runtime.getRuntime().halt(code); // System.exit would wait for ever for the one who waits for this thread
        }
        System.exit(code);
    }
}
