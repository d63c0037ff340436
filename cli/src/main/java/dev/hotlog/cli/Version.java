// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Objects;

/// The program's version, as the jar's manifest tells it.
final class Version {
    private Version() {}

    static String text() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
