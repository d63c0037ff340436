// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// The two spellings of a name: `ToolCall` as the reference wrote it, `tool_call` as we do.
final class Names {
    private Names() {}

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
