// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;

/// What is called like a transcript can be read and is none: nothing that could be taken is left out.
public final class NotATranscript extends IOException {
    private static final long serialVersionUID = 1;

    public NotATranscript(String reason) {
        super(reason);
    }
}
