// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

import dev.hotlog.agents.ingest.Spool;

/// What a hook runs: plain shell that puts what the agent tells into a file of the spool. It starts one program, says
/// nothing, and never fails: whatever happens, the agent goes on.
///
/// The shell's process, and its parent's, make the name: no other that runs has it, and one that has ended and left its
/// file is asked for. Without a spool there is nobody to take anything in, and nothing is kept.
public final class HookCommand {
    /// What tells our commands from others.
    private static final String MARK = ": hotlog hook; ";

    private HookCommand() {}

    /// @param agent that runs it
    public static String of(String agent, Spool spool) {
        String folder = spool.folder().toAbsolutePath().normalize().toString();
        return MARK + "cd " + ShellWord.of(folder) + " 2>/dev/null || exec cat >/dev/null; umask 077; f=" + agent
                + ".$PPID.$$; while [ -e \"$f\" ]; do f=$f~; done; cat 2>/dev/null >\"$f\" || cat >/dev/null; exit 0";
    }

    /// Whether a command is one of ours, of whatever version, into whatever spool.
    static boolean isOurs(String command) {
        return command.startsWith(MARK);
    }
}
