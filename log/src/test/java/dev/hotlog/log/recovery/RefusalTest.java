// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final String FILE = "00000000000000000000.hotlog";
    private static final Refusal REFUSAL = new Refusal(FILE, 4096, 8192, "Input/output error");

    private static Damage damage(String file, long from, long to) {
        return new Damage("bytes that are no frame", file, from, to - from, 7, 1);
    }

    @Test
    void itCoversItsBytesAndNoneBeside() {
        assertThat(REFUSAL.covers(4095)).isFalse();
        assertThat(REFUSAL.covers(4096)).isTrue();
        assertThat(REFUSAL.covers(8191)).isTrue();
        assertThat(REFUSAL.covers(8192)).isFalse();
    }

    @Test
    void itIsWithinDamageThatHasOneOfItsBytesAndThatIsOfItsFile() {
        assertThat(REFUSAL.isWithin(damage(FILE, 0, 4096))).isFalse();
        assertThat(REFUSAL.isWithin(damage(FILE, 0, 4097))).isTrue();
        assertThat(REFUSAL.isWithin(damage(FILE, 5000, 5001))).isTrue();
        assertThat(REFUSAL.isWithin(damage(FILE, 8191, 9000))).isTrue();
        assertThat(REFUSAL.isWithin(damage(FILE, 8192, 9000))).isFalse();
        assertThat(REFUSAL.isWithin(damage("another", 4096, 8192))).isFalse();
    }

    @Test
    void damageOfRefusedBytesIsToldInTheWordsOfTheDiskAndNoOther() {
        Damage refused = damage(FILE, 4000, 5000);
        assertThat(Refusal.explained(refused, List.of(REFUSAL)))
                .isEqualTo(new Damage(
                        "bytes that are no frame; the disk said: Input/output error", FILE, 4000, 1000, 7, 1));
        Damage beside = damage(FILE, 0, 4096);
        assertThat(Refusal.explained(beside, List.of(REFUSAL))).isEqualTo(beside);
    }

    @Test
    void byItselfItIsDamageThatCostsNoEvent() {
        assertThat(REFUSAL.damage()).isEqualTo(new Damage("bytes that cannot be read", FILE, 4096, 4096, -1, 0));
    }
}
