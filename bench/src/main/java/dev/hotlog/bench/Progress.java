// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

/// Tells on stderr what is being measured.
final class Progress {
    private Progress() {}

    static void round(String what, int round, int rounds) {
        System.err.println("bench: " + what + ", round " + (round + 1) + " of " + rounds);
    }

    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
