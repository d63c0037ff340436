// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;

/// What two programs take, run in turn, so that what the machine does weighs on both.
///
/// @param ours in milliseconds, by round
/// @param theirs likewise
record InTurn(Samples ours, Samples theirs) {
    /// @param warmUpRuns of both, not counted
    static InTurn of(Command ours, Command theirs, int warmUpRuns, int rounds)
            throws IOException, InterruptedException {
        InTurn both = new InTurn(new Samples(), new Samples());
        for (int i = -warmUpRuns; i < rounds; i++) {
            double ourMillis = ours.millis();
            double theirMillis = theirs.millis();
            if (i >= 0) {
                both.ours.add(ourMillis);
                both.theirs.add(theirMillis);
            }
        }
        return both;
    }
}
