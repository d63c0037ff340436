// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    private static final long SEED = System.nanoTime();
    private static final String SIGNS = "0123456789-:.TZ+ ";

    private static OptionalLong millis(String text) {
        byte[] ascii = ("\"" + text + "\"").getBytes(StandardCharsets.ISO_8859_1);
        return UtcText.millis(ascii, 1, ascii.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-03-02T08:09:10Z",
                "2026-03-02T08:09:10.1Z",
                "2026-03-02T08:09:10.123Z",
                "2026-03-02T08:09:10.123999999Z",
                "2024-02-29T23:59:59.999Z",
                "9999-12-31T23:59:59.999999Z"
            })
    void theUsualFormIsWhatTheJdkTakesItFor(String text) {
        assertThat(millis(text)).hasValue(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "1969-12-31T23:59:59Z",
                "2026-02-30T08:00:00Z",
                "2026-13-01T08:00:00Z",
                "2026-03-02T24:00:00Z",
                "2026-03-02T23:59:60Z",
                "2026-03-02T08:00:00",
                "2026-03-02T08:00:00.Z",
                "2026-03-02T08:00:00.1234567890Z",
                "2026-03-02T08:00:00+01:00",
                "2026-03-02t08:00:00Z",
                "+2026-03-02T08:00:00Z"
            })
    void allElseIsLeftToTheJdk(String text) {
        assertThat(millis(text)).isEmpty();
    }

    @Test
    void whatIsTakenIsWhatTheJdkTakesItFor() {
        Random random = new Random(SEED);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder("2026-03-02T08:09:10.123Z");
            for (int change = random.nextInt(4); change > 0; change--) {
                int at = random.nextInt(text.length());
                char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, sign);
                    default -> text.setCharAt(at, sign);
                }
            }
            OptionalLong millis = millis(text.toString());
            if (millis.isPresent()) {
                taken++;
                assertThat(millis).as("seed %d: %s", SEED, text).isEqualTo(ofJdk(text.toString()));
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    private static OptionalLong ofJdk(String text) {
        try {
            return OptionalLong.of(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }
}
