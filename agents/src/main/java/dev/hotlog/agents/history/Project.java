// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

/// Where sessions worked: a folder, named as the agent's machine names it (either kind of slash).
public record Project(String path) {
    /// The folder's own name, the last in the path.
    public String name() {
        return lastNames(1);
    }

    /// The last names in the path, so many at most.
    public String lastNames(int count) {
        String trimmed = trimmed();
        int start = trimmed.length();
        for (int i = 0; i < count && start >= 0; i++) {
            start = Math.max(trimmed.lastIndexOf('/', start - 1), trimmed.lastIndexOf('\\', start - 1));
        }
        String last = trimmed.substring(start + 1);
        return last.isEmpty() || start < 0 ? path : last;
    }

    /// Whether a user who says `asked` means this one: by the whole path, or by its last name or names.
    public boolean answersTo(String asked) {
        String own = trimmed().replace('\\', '/');
        String wanted = new Project(asked).trimmed().replace('\\', '/');
        return own.equals(wanted) || (!wanted.isEmpty() && own.endsWith("/" + wanted));
    }

    private String trimmed() {
        int end = path.length();
        while (end > 1 && (path.charAt(end - 1) == '/' || path.charAt(end - 1) == '\\')) {
            end--;
        }
        return path.substring(0, end);
    }
}
