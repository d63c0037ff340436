// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// Where the stretches of time begin that a report tells apart, such as days. What is asked and answered is in
/// milliseconds since 1970 UTC; a stretch has the quarters of an hour that begin in it.
@FunctionalInterface
public interface Boundaries {
    /// The first moment after that one at which a stretch begins; [Long#MAX_VALUE] when none does any more.
    long next(long millis);

    /// The stretches of both.
    default Boundaries and(Boundaries other) {
        return millis -> Math.min(next(millis), other.next(millis));
    }
}
