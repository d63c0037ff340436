// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds out about the terminal of this process, as far as the system tells.
final class ProcessTerminal {
    /// The request of ioctl(2) that asks for a terminal's size.
    private static final long LINUX_SIZE = 0x5413;
    private static final long MACOS_SIZE = 0x40087468;
    /// struct winsize: rows, columns, and two more of 16 bits.
    private static final int SIZE_BYTES = 8;

    private ProcessTerminal() {}

    static Terminal find(Map<String, String> env) {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        return new Terminal(isTerminal(0), out, err, () -> columns(env, out ? 1 : 2));
    }

    /// Linux tells each stream's file; elsewhere Java tells of standard input and output together.
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String file = Files.readSymbolicLink(link).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
        }
    }

    private static int columns(Map<String, String> env, int descriptor) {
        try {
            return Integer.parseInt(env.getOrDefault("COLUMNS", ""));
        } catch (NumberFormatException _) {
            return askSystem(descriptor);
        }
    }

    @SuppressWarnings("restricted") // The manifest enables native access.
    private static int askSystem(int descriptor) {
        String system = System.getProperty("os.name");
        if (system.startsWith("Windows")) {
            return 0;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle ioctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(SIZE_BYTES, 2);
            long request = system.startsWith("Mac") ? MACOS_SIZE : LINUX_SIZE;
            int failed = (int) ioctl.invokeExact(descriptor, request, size);
            return failed == 0 ? Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2)) : 0;
        } catch (Throwable e) { // as invokeExact declares; a width is not worth failing for
            return 0;
        }
    }
}
