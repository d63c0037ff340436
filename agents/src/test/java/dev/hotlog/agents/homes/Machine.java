// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import java.util.List;

/// A machine with a home, and the agents that are at work in it.
final class Machine {
    private final Workplace place;
    private final List<AgentAtWork> agents;

    Machine(Workplace place, List<AgentAtWork> agents) {
        this.place = place;
        this.agents = agents;
    }

    /// Another machine, to which the home was copied.
    Machine copy() {
        Workplace other = place.copy();
        return new Machine(other, agents.stream().map(agent -> agent.on(other)).toList());
    }

    void work(int steps) {
        for (int i = 0; i < steps; i++) {
            place.oneOf(agents).step();
        }
    }

    Disk disk() {
        return place.disk;
    }
}
