// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Damage;
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

    int exitCode() {
        return exitCode(Exit.FINE);
    }

    /// @param otherwise when there was none
    int exitCode(int otherwise) {
        return any ? Exit.DAMAGED : otherwise;
    }
}
