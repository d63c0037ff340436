// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.nio.charset.StandardCharsets;

/// How names are spelt: `ToolCall` as the reference wrote it, `tool_call` as we do, and nothing that UTF-8 cannot hold.
final class Names {
    private Names() {}

    /// The text as it will come back: half a surrogate pair, which UTF-8 cannot hold, becomes `?`.
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    /// The snake_case spelling of a CamelCase name; a name that is in snake_case already stays as it is.
    static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                if (i > 0) {
                    snake.append('_');
                }
                snake.append((char) (c - 'A' + 'a'));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }
}
