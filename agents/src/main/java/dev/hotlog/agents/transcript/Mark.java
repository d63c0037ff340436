// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

/// How far a transcript has been read: to a place between two objects.
///
/// @param position of the first byte that is not read
/// @param line the number of the line it is on, from 1
/// @param seq the first seq that the file has not used
public record Mark(long position, long line, long seq) {
    /// Where a file begins.
    public static final Mark START = new Mark(0, 1, 0);
}
