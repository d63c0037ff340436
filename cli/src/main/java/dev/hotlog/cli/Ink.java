// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Map;

/// Puts colour on texts, where colour is wanted.
record Ink(boolean isOn) {
    private static final String ESCAPE = "\u001b[";

    /// Colour as the user asked for it (`NO_COLOR`, then `FORCE_COLOR`), else on a terminal that can.
    static Ink of(Map<String, String> env, boolean terminal) {
        if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
            return new Ink(false);
        }
        String forced = env.getOrDefault("FORCE_COLOR", "");
        if (!forced.isEmpty()) {
            return new Ink(!forced.equals("0"));
        }
        return new Ink(terminal && !env.getOrDefault("TERM", "").equals("dumb"));
    }

    String paint(Colour colour, String text) {
        if (!isOn || text.isEmpty() || colour == Colour.PLAIN) {
            return text;
        }
        return ESCAPE + colour.code() + "m" + text + ESCAPE + "0m";
    }
}
