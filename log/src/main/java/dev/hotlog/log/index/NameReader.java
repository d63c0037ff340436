// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names of a sealed index by their numbers, each made a text once. Safe for any number of threads without a lock:
/// they may make the same text twice, and what they share is immutable.
final class NameReader {
    private final CheckedBlocks blocks;
    private final long starts;
    private final long texts;
    private final int count;
    private volatile @Nullable Optional<String> @Nullable [] known;

    NameReader(CheckedBlocks blocks, IndexHeader header) {
        this.blocks = blocks;
        this.starts = header.start(IndexSection.NAME_STARTS);
        this.texts = header.start(IndexSection.NAMES);
        this.count = header.names();
    }

    /// The name of that number; empty for 0.
    Optional<String> name(long number) {
        if (number == CellNames.NONE) {
            return Optional.empty();
        }
        @Nullable Optional<String>[] names = known;
        if (names == null) {
            names = nothingKnown();
            known = names;
        }
        int ordinal = (int) number - 1;
        Optional<String> name = names[ordinal];
        if (name == null) {
            name = Optional.of(read(ordinal));
            names[ordinal] = name;
        }
        return name;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private @Nullable Optional<String>[] nothingKnown() {
        return new Optional[count];
    }

    private String read(int ordinal) {
        long at = starts + ordinal * (long) Integer.BYTES;
        long from = texts + Integer.toUnsignedLong(blocks.u32(at));
        long to = texts + Integer.toUnsignedLong(blocks.u32(at + Integer.BYTES));
        blocks.ensure(from, to);
        return new String(Bytes.copy(blocks.file(), from, (int) (to - from)), StandardCharsets.UTF_8);
    }

    /// What [NameWriter#write] wrote.
    String text(VarintReader in) {
        long number = in.next();
        return number == CellNames.NONE
                ? in.text((int) in.next())
                : name(number).orElseThrow();
    }
}
