// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

/// A word of a command line as any POSIX shell reads it.
public final class ShellWord {
    private ShellWord() {}

    /// The word between quotes, whatever is in it.
    public static String of(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
