// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

/// Settings of an agent that are not as they should be, so that nobody but their owner may change them.
public final class UnfitSettings extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitSettings(String found) {
        super(found);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
