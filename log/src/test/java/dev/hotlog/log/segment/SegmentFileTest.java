// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ProcessStart;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a file is by its name and its head, and whose `published` is.
class SegmentFileTest {
    private static final String NAME = SegmentName.segment(8);

    private static SegmentFile open(byte[] bytes) throws LogException {
        return SegmentFile.open(new FaultyStorage(DiskImage.of(Map.of(NAME, bytes))), NAME);
    }

    @Test
    void aFileThatIsNotOursIsRefusedByName() {
        assertThatThrownBy(() -> open("somebody's notes".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining(NAME + " is not a hotlog file");
    }

    @Test
    void aFileWhoseHeaderIsLostIsDamagedWhateverItsFramesSay() {
        assertThatThrownBy(() -> open(new byte[2_000])).isInstanceOfSatisfying(LogException.Damaged.class, e -> {
            assertThat(e.damage().file()).isEqualTo(NAME);
            assertThat(e.damage().lengthBytes()).isEqualTo(2_000);
            assertThat(e.damage().firstOffset()).isEqualTo(8);
        });
    }

    @Test
    void aNameTellsTheBaseUpToTheHighest() {
        assertThat(SegmentName.base("00000000000000000008.hotlog")).hasValue(8);
        assertThat(SegmentName.base("09223372036854775807.hotlog")).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.hotlog",
                "00000000000000000008.idx",
                "0000000000000000000a.hotlog",
                "-0000000000000000008.hotlog",
                "09223372036854775808.hotlog",
                "99999999999999999999.hotlog",
                "00000000000000000008.hotlog.new"
            })
    void aNameThatIsNearlyOneOfOursIsNone(String name) {
        assertThat(SegmentName.base(name)).isEmpty();
    }

    @Test
    void aProcessThatBeganAtAnotherTimeIsNotTheWriterThoughItHasItsNumber() {
        ProcessHandle self = ProcessHandle.current();
        long start = ProcessStart.self();
        assertThat(writer(self.pid(), start).isWriterAlive()).isTrue();
        assertThat(writer(self.pid(), start + 2_001).isWriterAlive()).isFalse();
        assertThat(writer(self.pid(), start - 2_001).isWriterAlive()).isFalse();
        assertThat(writer(Integer.MAX_VALUE, start).isWriterAlive()).isFalse();
        assertThat(writer(0, 0).isWriterAlive()).isFalse();
    }

    private static Published writer(long pid, long start) {
        return new Published(0, 1, 1024, 0, pid, start);
    }
}
