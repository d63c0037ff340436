// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Why the log could not do what was asked. The message is one line that a person can act on.
public abstract sealed class LogException extends IOException {
    private static final long serialVersionUID = 1L;

    private LogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// There is no log in that folder.
    public static final class Missing extends LogException {
        private static final long serialVersionUID = 1L;

        public Missing(Path directory) {
            super("no log in " + directory, null);
        }
    }

    /// Bytes that are not as they were written.
    public static final class Damaged extends LogException {
        private static final long serialVersionUID = 1L;
        private final transient Damage damage;

        public Damaged(Damage damage) {
            super(damage.toString(), null);
            this.damage = damage;
        }

        public Damage damage() {
            return damage;
        }
    }

    /// Another writer has the log.
    public static final class Locked extends LogException {
        private static final long serialVersionUID = 1L;
        private static final long UNKNOWN = -1;
        private final long pid;

        /// @param owner who has it, in words
        public Locked(Path directory, String owner) {
            this(directory, owner, UNKNOWN);
        }

        /// @param pid of the process that has it
        public Locked(Path directory, long pid) {
            this(directory, "process " + pid, pid);
        }

        private Locked(Path directory, String owner, long pid) {
            super(owner + " is writing to the log in " + directory, null);
            this.pid = pid;
        }

        /// Of the process that has it, when that is another one and known.
        public OptionalLong pid() {
            return pid == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(pid);
        }
    }

    /// The log cannot be written to any more until it is opened again: a write or a sync failed, or it is closed.
    public static final class Stopped extends LogException {
        private static final long serialVersionUID = 1L;

        public Stopped(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /// A file that is not ours, or from a newer version of this program.
    public static final class UnsupportedFormat extends LogException {
        private static final long serialVersionUID = 1L;

        public UnsupportedFormat(String found) {
            super(found, null);
        }
    }

    /// Another event has that (session, seq) already.
    public static final class KeyTaken extends LogException {
        private static final long serialVersionUID = 1L;
        private final long offset;

        /// @param offset of the event that has the key
        public KeyTaken(String sessionId, long seq, long offset) {
            super(
                    "another event has seq " + Long.toUnsignedString(seq) + " of session " + sessionId + " (offset="
                            + offset + ")",
                    null);
            this.offset = offset;
        }

        public long offset() {
            return offset;
        }
    }

    /// The system said no: disk full, I/O error, permission.
    public static final class Storage extends LogException {
        private static final long serialVersionUID = 1L;

        public Storage(String what, IOException cause) {
            super(what + ": " + reason(cause), cause);
        }

        private static String reason(IOException cause) {
            String message = cause.getMessage();
            return switch (cause) {
                case java.nio.file.AccessDeniedException _ -> "permission denied";
                case java.nio.file.NoSuchFileException _ -> "no such file";
                case java.nio.file.NotDirectoryException _ -> "not a folder";
                case java.nio.file.FileAlreadyExistsException _ -> "a file of that name is in the way";
                // The file is named before.
                case java.nio.file.FileSystemException named when named.getReason() != null -> named.getReason();
                default -> message == null ? cause.getClass().getSimpleName() : message;
            };
        }
    }
}
