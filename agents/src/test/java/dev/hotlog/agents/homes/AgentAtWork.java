// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

/// An agent that leaves behind what the real one does, as corpora/FORMATS.md has it, and tells the truth besides.
interface AgentAtWork {
    /// Does one more thing.
    void step();

    /// The same agent on another machine, to which its files were copied: the sessions go on in either place, each
    /// with calls of its own.
    AgentAtWork on(Workplace other);
}
