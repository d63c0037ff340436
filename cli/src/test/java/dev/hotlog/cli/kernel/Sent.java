// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.util.Random;

/// What a writer sends: events of one session whose seqs are 0, 1, 2, …, each the same whenever it is asked for. So an
/// event that is sent again must be a duplicate, and in a log that has no other writer seqs are offsets.
final class Sent {
    private static final int TEXT_BYTES = 64 << 10;
    private static final int MOST_BYTES = 1_000;
    /// Some are longer than a group, and than several sectors.
    private static final int MOST_LONG_BYTES = 20_000;

    private static final int LONG_ONE_IN = 64;

    private final long seed;
    private final String text;

    Sent(long seed) {
        this.seed = seed;
        StringBuilder letters = new StringBuilder(TEXT_BYTES);
        new Random(seed).ints(TEXT_BYTES, 'a', 'z' + 1).forEach(letter -> letters.append((char) letter));
        text = letters.toString();
    }

    /// The event as it goes into the program.
    String line(long seq) {
        return "{" + fields(seq);
    }

    /// The event as it comes out of the program.
    String replayed(long seq) {
        return "{\"offset\":" + seq + "," + fields(seq);
    }

    private String fields(long seq) {
        Random random = new Random(seed + seq * 0x9e3779b97f4a7c15L);
        int length = random.nextInt(random.nextInt(LONG_ONE_IN) == 0 ? MOST_LONG_BYTES : MOST_BYTES);
        int from = random.nextInt(TEXT_BYTES - length);
        return "\"session_id\":\"s\",\"seq\":" + seq + ",\"ts_ms\":" + (1_772_870_400_000L + seq)
                + ",\"ts_exact\":true,\"kind\":\"message\",\"source\":\"tail\",\"payload\":{\"n\":" + seq
                + ",\"text\":\"" + text.substring(from, from + length) + "\"}}";
    }

    /// What the program answers once the event is on disk.
    String answer(long seq, boolean duplicate) {
        return "{\"session_id\":\"s\",\"seq\":" + seq + ",\"offset\":" + seq
                + (duplicate ? ",\"duplicate\":true}" : "}");
    }
}
