// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Says which of a storage's operations fail, and how. At first none does.
public final class Faults {
    /// How an operation fails.
    public enum Fault {
        /// Nothing is done. A force that fails so leaves any part on disk, and no later force mends it.
        IO_ERROR("Input/output error"),
        /// Nothing is done.
        DISK_FULL("No space left on device"),
        /// The first half of a write is done; another operation is not done at all.
        SHORT_WRITE("No space left on device"),
        /// Nothing is done, as where a file is in use.
        REFUSED("The process cannot access the file because it is being used by another process");

        private final String message;

        Fault(String message) {
            this.message = message;
        }

        IOException exception() {
            return new IOException(message);
        }
    }

    private Predicate<Operation> fails = _ -> false;
    private Fault fault = Fault.IO_ERROR;
    private boolean forEver;
    private long first = Long.MAX_VALUE;
    private long met;
    private boolean reached;

    Faults() {}

    /// The n-th operation from now on fails, and the ones after it do not.
    ///
    /// @param n from 1 on; looks count too
    public void failOnce(long n, Fault how) {
        plan(met + n, _ -> true, how, false);
    }

    /// The n-th operation from now on fails, and all after it.
    public void failFrom(long n, Fault how) {
        plan(met + n, _ -> true, how, true);
    }

    /// The next operation of that sort fails, and the ones after it do not.
    public void failNext(Predicate<Operation> which, Fault how) {
        plan(met + 1, which, how, false);
    }

    /// All operations of that sort fail from now on.
    public void failAll(Predicate<Operation> which, Fault how) {
        plan(met + 1, which, how, true);
    }

    private synchronized void plan(long from, Predicate<Operation> which, Fault how, boolean always) {
        first = from;
        fails = which;
        fault = how;
        forEver = always;
        reached = false;
    }

    /// Nothing fails any more.
    public synchronized void clear() {
        first = Long.MAX_VALUE;
    }

    /// Whether anything has failed as planned.
    public synchronized boolean reached() {
        return reached;
    }

    /// How many operations there have been.
    public synchronized long met() {
        return met;
    }

    synchronized @Nullable Fault meet(Operation operation) {
        met++;
        if (met < first || (reached && !forEver) || !fails.test(operation)) {
            return null;
        }
        reached = true;
        return fault;
    }
}
