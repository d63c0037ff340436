// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import java.util.OptionalLong;

/// Tells index files from others. The log itself goes from a segment to its index, never back.
public final class IndexName {
    private static final String INDEX = ".idx";
    private static final String SEGMENT = ".hotlog";

    private IndexName() {}

    /// The base of the segment that it is the index of; empty when it is not the name of an index.
    public static OptionalLong base(String name) {
        return name.endsWith(INDEX) ? SegmentName.base(name.replace(INDEX, SEGMENT)) : OptionalLong.empty();
    }
}
