// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;

/// What is called like an agent's database is none: nothing that could be read is left out.
public final class NotADatabase extends IOException {
    private static final long serialVersionUID = 1;

    NotADatabase(String reason, Throwable cause) {
        super(reason, cause);
    }
}
