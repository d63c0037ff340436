// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Calls of Linux that Java has no method for.
final class KernelCall {
    private static final int O_RDONLY = 0;
    /// The request of `ioctl` that ext4 and xfs take as a power cut.
    private static final long SHUTDOWN = 0x8004587dL;
    /// Not even the journal is written any more.
    private static final int NO_LOG_FLUSH = 2;
    /// Wait for what is being written, write, wait for it.
    private static final int WRITE_AND_WAIT = 7;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = call(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle IOCTL = call(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SYNC_FILE_RANGE = call(
            "sync_file_range",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT));

    private KernelCall() {}

    @SuppressWarnings("restricted") // The build enables native access for these tests.
    private static MethodHandle call(String name, FunctionDescriptor signature, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, options);
    }

    /// Cuts the power of a mounted file system: what it has not written it never will, and all calls fail from now on.
    static void cutPower(Path mounted) throws IOException {
        if (onDescriptor(mounted, (descriptor, arena) -> (int)
                        IOCTL.invokeExact(descriptor, SHUTDOWN, arena.allocateFrom(ValueLayout.JAVA_INT, NO_LOG_FLUSH)))
                != 0) {
            throw new IOException("the shutdown ioctl fails on " + mounted);
        }
    }

    /// Writes pages of a file as the kernel does when it pleases: neither length nor names.
    ///
    /// @return whether it could
    static boolean writeBack(Path file, long position, long bytes) throws IOException {
        return onDescriptor(file, (descriptor, _) ->
                        (int) SYNC_FILE_RANGE.invokeExact(descriptor, position, bytes, WRITE_AND_WAIT))
                == 0;
    }

    private interface OnDescriptor {
        int call(int descriptor, Arena arena) throws Throwable;
    }

    private static int onDescriptor(Path path, OnDescriptor call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            int descriptor = (int) OPEN.invokeExact(name, O_RDONLY);
            if (descriptor < 0) {
                return -1;
            }
            int answer = call.call(descriptor, arena);
            int closed = (int) CLOSE.invokeExact(descriptor);
            return Math.min(answer, closed);
        } catch (Throwable e) { // as invokeExact declares
            throw new IOException(path.toString(), e);
        }
    }
}
