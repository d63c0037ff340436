// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static InputStream ahead(InputStream in) {
        return ReadAhead.of(in, () -> {});
    }

    @Test
    void handsOutWhatItReads() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        assertThat(ahead(new ByteArrayInputStream(bytes)).readAllBytes()).isEqualTo(bytes);

        InputStream single = ahead(new ByteArrayInputStream(new byte[] {7, -1}));
        assertThat(new int[] {single.read(), single.read(), single.read(), single.read()})
                .containsExactly(7, 255, -1, -1);
    }

    @Test
    void whoWaitsForMoreIsCalledAway() throws IOException {
        try (PipedOutputStream silent = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(silent)) {
            InputStream waiting = ReadAhead.of(in, () -> {
                throw new IOException("the disk failed");
            });
            assertThatThrownBy(waiting::read).hasMessage("the disk failed");
        }
    }

    @Test
    void whatCannotBeReadIsToldWhereItWouldHaveCome() throws IOException {
        for (Exception problem : new Exception[] {new IOException("gone"), new IllegalStateException("gone")}) {
            InputStream in = ahead(new InputStream() {
                private int left = 2;

                @Override
                public int read() throws IOException {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int read(byte[] into, int start, int length) throws IOException {
                    if (left-- > 0) {
                        return 1;
                    }
                    switch (problem) {
                        case IOException e -> throw e;
                        default -> throw (RuntimeException) problem;
                    }
                }
            });
            assertThat(in.readNBytes(2)).containsExactly(0, 0);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("gone");
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
    }
}
