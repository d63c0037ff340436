// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Damage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Damage met while reading: told when it is first met, and remembered for the exit code. What follows it is still
/// read.
final class DamageSeen implements Consumer<Damage> {
    private final Talk talk;
    private final Set<Damage> seen = new HashSet<>();

    DamageSeen(Talk talk) {
        this.talk = talk;
    }

    @Override
    public void accept(Damage damage) {
        if (seen.add(damage)) {
            talk.say(damage.toString());
        }
    }

    /// Tells of damage that an answer from the index was given beside, and whether the answer lacks anything.
    static DamageSeen in(List<Damage> found, Desk desk) {
        boolean lacks = found.stream().anyMatch(each -> each.lostEvents() != 0);
        return told(found, lacks ? "the answer lacks what is lost; " : "", desk);
    }

    /// Tells of damage that a writer found.
    static DamageSeen atOpening(List<Damage> found, Desk desk) {
        return told(found, "", desk);
    }

    private static DamageSeen told(List<Damage> found, String lead, Desk desk) {
        DamageSeen damage = new DamageSeen(desk.talk());
        found.forEach(damage);
        if (!found.isEmpty()) {
            desk.talk().say(lead + Exit.wayOut(desk));
        }
        return damage;
    }

    int exitCode() {
        return exitCode(Exit.FINE);
    }

    /// @param otherwise when there was none
    int exitCode(int otherwise) {
        return seen.isEmpty() ? otherwise : Exit.DAMAGED;
    }
}
