// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

/// Names for what is put aside, so that no file that was kept before is ever replaced: clocks stand still, and epochs
/// of which every trace was lost come again.
public final class FreeName {
    private static final int SECOND = 2;

    private FreeName() {}

    /// Whether another file has that name: one with other bytes than those that are to be put there.
    ///
    /// @param <E> what it may throw
    @FunctionalInterface
    public interface Taken<E extends Exception> {
        boolean byAnother(String name) throws E;
    }

    /// The name itself or, when it is taken, the first of `name.2.txt`, `name.3.txt`, … that is not.
    public static <E extends Exception> String of(String name, Taken<E> taken) throws E {
        String free = name;
        for (int number = SECOND; taken.byAnother(free); number++) {
            free = numbered(name, number);
        }
        return free;
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        int end = dot < 0 ? name.length() : dot;
        return name.substring(0, end) + "." + number + name.substring(end);
    }
}
