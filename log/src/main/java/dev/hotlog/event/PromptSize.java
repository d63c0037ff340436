// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;

/// How long the prompt of a call was, cached or not, as far as it changes what tokens cost: providers
/// ask more beyond one of these sizes.
public enum PromptSize {
    UP_TO_128K(128_000),
    UP_TO_200K(200_000),
    UP_TO_272K(272_000),
    LARGER(Long.MAX_VALUE);

    /// The shortest first.
    public static final List<PromptSize> ALL = List.of(values());

    private final long mostTokens;

    PromptSize(long mostTokens) {
        this.mostTokens = mostTokens;
    }

    /// The most tokens of such a prompt, inclusive.
    public long mostTokens() {
        return mostTokens;
    }

    /// The size of a prompt of so many tokens; of a call of which none are told, that of an empty one.
    public static PromptSize of(long tokens) {
        for (PromptSize size : ALL) {
            if (tokens <= size.mostTokens) {
                return size;
            }
        }
        return LARGER;
    }
}
