// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import java.util.List;

/// Bytes of a file that the disk refuses to read. Whoever looks at the file sees zeros there.
///
/// @param from the position of the first
/// @param to the position behind the last
/// @param reason in the words of the system
record Refusal(String file, long from, long to, String reason) {
    /// The damage, with the reason when its bytes are refused.
    static Damage explained(Damage damage, List<Refusal> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.isWithin(damage))
                .findFirst()
                .map(refusal -> new Damage(
                        refusal.told(damage.problem()),
                        damage.file(),
                        damage.position(),
                        damage.lengthBytes(),
                        damage.firstOffset(),
                        damage.lostEvents()))
                .orElse(damage);
    }

    /// Whether any of its bytes is among those of the damage.
    boolean isWithin(Damage damage) {
        return file.equals(damage.file()) && from < damage.position() + damage.lengthBytes() && damage.position() < to;
    }

    /// As damage that costs no event.
    Damage damage() {
        return new Damage("bytes that cannot be read", file, from, to - from, -1, 0);
    }

    private String told(String problem) {
        return problem + "; the disk said: " + reason;
    }

    /// Whether the bytes of that place are among them.
    boolean covers(long position) {
        return from <= position && position < to;
    }
}
