// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// How far a source has been read. Committed in the same batch as the events it covers; the last one told wins.
///
/// @param source what was read: a file, or one API message whose usage is told in several places; 1 to 4,096 bytes
/// @param state what its reader needs to go on, in the reader's own words; up to 65,535 bytes, not parsed by the log
public record Cursor(String source, String state) {
    public Cursor {
        if (source.isEmpty()) {
            throw new IllegalArgumentException("a cursor has a source");
        }
    }
}
