// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/// When a process began, as a number on which all processes of the machine agree: it tells a process from a later one
/// that was given the same id. (docs/format.md, Published)
///
/// On Linux it is the time since the system was booted, and of the boot itself its id: times of day that are told of
/// processes move with each step of the clock. Elsewhere it is the time of day.
public final class ProcessStart {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /// Of `/proc/PID/stat`, counted from 1, and the one that follows the name in parentheses.
    private static final int START_FIELD = 22;

    private static final int FIRST_BEHIND_NAME = 3;
    private static final long TICKS_MASK = 0xFFFFFFFFL;

    /// What two looks at the time of day may differ by.
    private static final long SLACK_MILLIS = 2_000;

    private static final OptionalLong BOOT = boot();
    private static final long SELF = of(ProcessHandle.current()).orElse(0);

    private ProcessStart() {}

    /// Of this process; 0 when the system does not tell.
    public static long self() {
        return SELF;
    }

    /// Whether that process began then, as far as can be seen: another user's may be hidden, and counts as the same.
    public static boolean isOf(ProcessHandle process, long start) {
        OptionalLong known = of(process);
        if (known.isEmpty()) {
            return true;
        }
        return BOOT.isPresent() ? known.getAsLong() == start : Math.abs(known.getAsLong() - start) <= SLACK_MILLIS;
    }

    private static OptionalLong of(ProcessHandle process) {
        if (BOOT.isEmpty()) {
            return process.info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            // The name may hold anything, but what follows it holds no parenthesis.
            String[] behindName =
                    stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            long ticks = Long.parseLong(behindName[START_FIELD - FIRST_BEHIND_NAME]);
            return OptionalLong.of(BOOT.getAsLong() << Integer.SIZE | (ticks & TICKS_MASK));
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong boot() {
        try {
            CRC32C crc = new CRC32C();
            crc.update(Files.readAllBytes(BOOT_ID));
            return OptionalLong.of(crc.getValue());
        } catch (IOException _) {
            return OptionalLong.empty(); // no Linux
        }
    }
}
