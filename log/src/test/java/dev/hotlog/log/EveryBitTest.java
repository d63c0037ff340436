// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.KnownLog.Frame;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Flips each single bit of three logs, of segments, indexes and `published`: a flip is told, by verify and by
/// readers, or costs nothing; and every event that it does not touch is read, found by its key, and survives repair.
///
/// Readers and verify look at each flip; `-Dhotlog.bits.repair=1` repairs after every one, which takes hours.
@Tag("exhaustive")
class EveryBitTest {
    /// After so many flips one log is repaired, and every event looked up; a prime, so that all sorts of bits come.
    private static final int REPAIR_ONE_IN = Integer.getInteger("hotlog.bits.repair", 211);

    private static final int LEAST_BYTES = 32 << 10;

    /// The logs.
    enum Log {
        SMALL {
            @Override
            KnownLog make() throws LogException {
                return KnownLog.small();
            }
        },
        ROLLED {
            @Override
            KnownLog make() throws LogException {
                return KnownLog.rolled();
            }
        },
        TORN {
            @Override
            KnownLog make() throws LogException {
                return KnownLog.torn();
            }
        };

        abstract KnownLog make() throws LogException;
    }

    private record Counts(long flips, long told, long repairs) {
        Counts plus(Counts more) {
            return new Counts(flips + more.flips, told + more.told, repairs + more.repairs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedBitIsToldOrCostsNothing(Log log) throws Exception {
        KnownLog known = log.make();
        assertThat(known.bytes()).isGreaterThanOrEqualTo(LEAST_BYTES);
        long start = System.nanoTime();
        Counts all = new Counts(0, 0, 0);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Counts>> lanes = new ArrayList<>();
            for (int lane = 0; lane < threads; lane++) {
                int first = lane;
                lanes.add(() -> flipAll(known.copy(), first, threads));
            }
            for (Future<Counts> lane : pool.invokeAll(lanes)) {
                all = all.plus(lane.get());
            }
        }
        System.out.printf(
                "every bit of the %s log, %,d bytes in %d files: %,d flips, each read and verified, %,d told, %,d repaired; %,d s%n",
                log.name().toLowerCase(Locale.ROOT),
                known.bytes(),
                known.image().files().size(),
                all.flips,
                all.told,
                all.repairs,
                (System.nanoTime() - start) / 1_000_000_000);
        assertThat(all.flips).isEqualTo(known.bytes() * Byte.SIZE);
        assertThat(all.told).isPositive();
    }

    /// Every so many bytes all bits of one.
    private static Counts flipAll(KnownLog log, int first, int step) throws LogException {
        Counts all = new Counts(0, 0, 0);
        for (String file : log.image().files().keySet()) {
            byte[] bytes = log.image().bytes(file);
            for (int at = first; at < bytes.length; at += step) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    bytes[at] ^= (byte) (1 << bit);
                    Place flipped = new Place(file, at, at + 1L);
                    all = all.plus(look(log, flipped, all.flips % REPAIR_ONE_IN == 0));
                    bytes[at] ^= (byte) (1 << bit);
                }
            }
        }
        return all;
    }

    private static Counts look(KnownLog log, Place flipped, boolean repair) throws LogException {
        List<Place> changed = List.of(flipped);
        // An index matters to those who look something up.
        List<Damage> told = log.readsAllBut(changed, repair || SegmentName.isIndex(flipped.file()));
        boolean isTold = !told.isEmpty();
        Frame hit = log.frames().stream().filter(flipped::touches).findFirst().orElse(null);
        // What marks had to say to readers, their neighbours say too.
        boolean isMark = hit != null && (hit.type() == FrameType.SEAL || hit.type() == FrameType.CLOSE);
        if (hit != null && !isMark && hit.firstOffset() < log.proven()) {
            KnownLog.check(
                    told.stream().anyMatch(damage -> holds(damage, flipped)),
                    "a flipped bit in a frame that readers do not tell, or elsewhere: " + told,
                    changed);
        }
        if (SegmentName.base(flipped.file()).isEmpty()) {
            KnownLog.check(told.isEmpty(), "damage that readers see in what is derived: " + told, changed);
        }
        isTold |= verifyTells(log, flipped, hit, isMark);
        if (repair) {
            log.isMendedByRepair(changed);
        }
        return new Counts(1, isTold ? 1 : 0, repair ? 1 : 0);
    }

    private static boolean verifyTells(KnownLog log, Place flipped, @Nullable Frame hit, boolean isMark)
            throws LogException {
        List<Place> changed = List.of(flipped);
        VerifyReport verified = KnownLog.verify(log.image());
        boolean isTold = !verified.isSound() || verified.tornBytes() > 0;
        if (hit != null && !isMark && hit.firstOffset() < log.proven()) {
            KnownLog.check(
                    verified.damage().stream().anyMatch(damage -> holds(damage, flipped)),
                    "a flipped bit in a frame that verify does not tell, or elsewhere: " + verified.damage(),
                    changed);
        }
        boolean derived = flipped.file().equals(Published.NAME);
        boolean isTorn = hit != null && hit.type() == FrameType.SEAL && endsInZeros(log, flipped, hit);
        KnownLog.check(isTold || derived || isTorn, "a flipped bit that verify does not tell", changed);
        return isTold;
    }

    /// Whether from that place on the mark is as a power cut may leave it in the middle of its write: that is no
    /// damage.
    private static boolean endsInZeros(KnownLog log, Place flipped, Frame mark) {
        byte[] bytes = log.image().bytes(flipped.file());
        long half = flipped.from() + Long.BYTES - (flipped.from() - mark.from()) % Long.BYTES;
        boolean zeros = true;
        for (long at = flipped.from(); at < half; at++) {
            zeros &= bytes[(int) at] == 0;
        }
        return zeros;
    }

    private static boolean holds(Damage damage, Place place) {
        return place.touches(damage.file(), damage.position(), damage.position() + damage.lengthBytes());
    }
}
