// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.util.OptionalLong;

/// Output tokens, of which some were reasoning. Agents tell these within the output or on top of it, and
/// some change their ways from version to version; a total over all tells which it is.
public final class Output {
    private Output() {}

    /// The output with the reasoning in it.
    ///
    /// @param output as told
    /// @param reasoning as told
    /// @param input all tokens that went in, from a cache and to it too
    /// @param total of all tokens, if it is told
    /// @param apart what to take where the total does not tell: whether the reasoning comes on top
    public static long withReasoning(long output, long reasoning, long input, OptionalLong total, boolean apart) {
        if (reasoning > output || total.equals(OptionalLong.of(input + output + reasoning))) {
            return output + reasoning;
        }
        if (total.equals(OptionalLong.of(input + output))) {
            return output;
        }
        return apart ? output + reasoning : output;
    }
}
