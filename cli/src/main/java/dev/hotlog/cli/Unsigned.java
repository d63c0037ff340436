// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import tools.jackson.core.JsonGenerator;

/// Numbers of 64 bits without a sign, in JSON.
final class Unsigned {
    private Unsigned() {}

    static void write(JsonGenerator json, String name, long value) {
        json.writeName(name);
        json.writeRawValue(Long.toUnsignedString(value));
    }
}
