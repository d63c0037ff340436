// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Damage;
import java.util.List;
import java.util.function.Consumer;

/// Damage met while reading: told as it is met, and remembered for the exit code. What follows it is still read.
final class DamageSeen implements Consumer<Damage> {
    private final Talk talk;
    private boolean any;

    DamageSeen(Talk talk) {
        this.talk = talk;
    }

    @Override
    public void accept(Damage damage) {
        any = true;
        talk.say(damage.toString());
    }

    /// Tells of what answers from the index lack.
    static DamageSeen in(List<Damage> lost, Talk talk) {
        DamageSeen seen = new DamageSeen(talk);
        lost.forEach(seen);
        if (seen.any) {
            talk.say(
                    "the answer lacks what is lost; 'hotlog verify' tells what that is, 'hotlog repair' mends the log");
        }
        return seen;
    }

    int exitCode() {
        return exitCode(Exit.FINE);
    }

    /// @param otherwise when there was none
    int exitCode(int otherwise) {
        return any ? Exit.DAMAGED : otherwise;
    }
}
