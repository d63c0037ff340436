// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Finds out whether anybody still reads standard output, without writing to it: `poll(2)` tells of a pipe whose
/// other end is closed. Where the system has no such call, somebody always does.
final class Hearing implements BooleanSupplier {
    private static final int STANDARD_OUTPUT = 1;
    /// struct pollfd: a descriptor of 32 bits, then what is asked and what is answered, of 16 bits each.
    private static final int ANSWER_PLACE = 6;
    private static final int POLLFD_BYTES = 8;
    /// POLLERR, POLLHUP and POLLNVAL, which are answered without being asked for.
    private static final int GONE = 0x38;

    private final Optional<MethodHandle> poll;
    private final boolean countIsInt;

    private Hearing(Optional<MethodHandle> poll, boolean countIsInt) {
        this.poll = poll;
        this.countIsInt = countIsInt;
    }

    /// @param system the operating system's name, as Java has it
    @SuppressWarnings("restricted") // The manifest enables native access.
    static Hearing on(String system) {
        boolean countIsInt = system.startsWith("Mac");
        if (system.startsWith("Windows")) {
            return new Hearing(Optional.empty(), countIsInt);
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                countIsInt ? ValueLayout.JAVA_INT : ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT);
        return new Hearing(
                linker.defaultLookup().find("poll").map(address -> linker.downcallHandle(address, signature)),
                countIsInt);
    }

    @Override
    public boolean getAsBoolean() {
        return poll.isEmpty() || (answer(poll.get()) & GONE) == 0;
    }

    private int answer(MethodHandle call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            descriptor.set(ValueLayout.JAVA_INT, 0, STANDARD_OUTPUT);
            int answered =
                    countIsInt ? (int) call.invokeExact(descriptor, 1, 0) : (int) call.invokeExact(descriptor, 1L, 0);
            return answered > 0 ? descriptor.get(ValueLayout.JAVA_SHORT, ANSWER_PLACE) : 0;
        } catch (Throwable e) { // as invokeExact declares; the next write tells as well
            return 0;
        }
    }
}
