// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.segment.IndexName;
import dev.hotlog.log.segment.Published;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Cuts the files of three logs short: the newest segment, the newest index and `published` to every length there is,
/// the others to each sector, and around those and the ends of frames. [DamageOracle] says what must hold then.
///
/// `-Dhotlog.cuts.all=true` cuts every file to every length, `-Dhotlog.cuts.verify=1` verifies and
/// `-Dhotlog.cuts.repair=1` writes to and repairs the log after every cut.
@Tag("exhaustive")
class EveryCutTest {
    /// Frames begin at multiples of 8: of numbers prime to that, cuts of all sorts come.
    private static final int VERIFY_ONE_IN = Integer.getInteger("hotlog.cuts.verify", 5);

    private static final int REPAIR_ONE_IN = Integer.getInteger("hotlog.cuts.repair", 53);
    private static final boolean ALL = Boolean.getBoolean("hotlog.cuts.all");
    private static final int SECTOR_BYTES = 512;

    private record Cut(String file, int length) {}

    @ParameterizedTest
    @EnumSource
    void everyCutIsToldOrCostsNothing(EveryBitTest.Log log) throws Exception {
        KnownLog known = log.make();
        List<Cut> cuts = cuts(known);
        long start = System.nanoTime();
        int lanes = Runtime.getRuntime().availableProcessors();
        List<Callable<DamageOracle.Counts>> all = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            int first = lane;
            all.add(() -> cutAll(known, cuts, first, lanes));
        }
        DamageOracle.Counts counts = DamageOracle.inLanes(all);
        System.out.printf(
                "every cut of the %s log: %s; %,d ms%n",
                log.name().toLowerCase(Locale.ROOT), counts, (System.nanoTime() - start) / 1_000_000);
        assertThat(counts.damaged()).isEqualTo(cuts.size());
        assertThat(counts.verified()).isPositive();
        assertThat(counts.told()).isPositive();
        assertThat(counts.repaired()).isPositive();
    }

    private static List<Cut> cuts(KnownLog log) {
        SortedMap<String, byte[]> files = log.image().files();
        String newestSegment = log.frames().getLast().file();
        String newestIndex = files.keySet().stream()
                .filter(name -> IndexName.base(name).isPresent())
                .max(Comparator.naturalOrder())
                .orElse("");
        Set<String> whole = ALL ? files.keySet() : Set.of(newestSegment, newestIndex, Published.NAME);
        List<Cut> cuts = new ArrayList<>();
        for (String file : files.keySet()) {
            int size = files.get(file).length;
            (whole.contains(file) ? IntStream.range(0, size) : boundaries(log, file))
                    .filter(length -> length >= 0 && length < size)
                    .forEach(length -> cuts.add(new Cut(file, length)));
        }
        return cuts;
    }

    private static IntStream boundaries(KnownLog log, String file) {
        IntStream sectors = IntStream.iterate(0, at -> at <= log.image().bytes(file).length, at -> at + SECTOR_BYTES);
        IntStream frames =
                log.frames().stream().filter(frame -> frame.file().equals(file)).mapToInt(frame -> (int) frame.to());
        return IntStream.concat(sectors, frames)
                .flatMap(at -> IntStream.of(at - 1, at, at + 1))
                .distinct();
    }

    private static DamageOracle.Counts cutAll(KnownLog log, List<Cut> cuts, int first, int step) throws LogException {
        DamageOracle oracle = new DamageOracle(UnaryOperator.identity());
        for (int i = first; i < cuts.size(); i += step) {
            Cut cut = cuts.get(i);
            byte[] whole = log.image().bytes(cut.file);
            KnownLog damaged = log.with(log.image().with(cut.file, Arrays.copyOf(whole, cut.length)));
            List<Place> changed = List.of(new Place(cut.file, cut.length, whole.length));
            if (i % REPAIR_ONE_IN == 0) {
                oracle.lookAtAll(damaged, changed);
            } else {
                oracle.look(damaged, changed, i % VERIFY_ONE_IN == 0);
            }
        }
        return oracle.counts();
    }
}
