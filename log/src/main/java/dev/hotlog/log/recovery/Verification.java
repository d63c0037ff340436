// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.Catalog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.segment.UnsealedEnd;
import dev.hotlog.log.storage.ReadableStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// Reads every byte of a log and says what is not as it was written. Takes no lock and changes nothing on disk.
public final class Verification {
    /// The files change under the reader's eyes while a segment rolls.
    private static final int MOST_LOOKS = 1_000;

    private final ReadableStorage disk;
    private final ProbedStorage storage;
    private final LongConsumer bytesDone;
    private final List<SegmentCheck> checks = new ArrayList<>();
    private long readBytes;
    private long checkedBytes;

    /// @param bytesDone is told now and then how many bytes have been checked
    public Verification(ReadableStorage storage, LongConsumer bytesDone) {
        this.disk = storage;
        this.storage = new ProbedStorage(storage, this::read);
        this.bytesDone = bytesDone;
    }

    private void read(long moreBytes) {
        readBytes += moreBytes;
        tell(checkedBytes);
    }

    /// Each byte is read from disk first, and then checked: both are half the work.
    private void tell(long checked) {
        bytesDone.accept((readBytes + checked) / 2);
    }

    /// Everything found, for repair.
    ///
    /// @param checks of each segment of which anything can be read, in order
    /// @param end of the last of them; empty beside a writer
    /// @param lossesByBase which sessions lost events, for each segment that did, the missing ones included
    record Found(
            Catalog catalog,
            Optional<Published> published,
            List<SegmentCheck> checks,
            Optional<UnsealedEnd> end,
            List<Damage> damage,
            NavigableMap<Long, List<SessionLoss>> lossesByBase) {
        Found {
            checks = List.copyOf(checks);
            damage = List.copyOf(damage);
            lossesByBase = Collections.unmodifiableNavigableMap(new TreeMap<>(lossesByBase));
        }

        /// Of all segments together.
        List<SessionLoss> losses() {
            Map<String, Long> events = new TreeMap<>();
            lossesByBase.values().stream()
                    .flatMap(List::stream)
                    .forEach(loss -> events.merge(loss.sessionId(), loss.events(), Long::sum));
            return events.entrySet().stream()
                    .map(loss -> new SessionLoss(loss.getKey(), loss.getValue()))
                    .toList();
        }

        VerifyReport report() {
            UnsealedEnd torn = end.filter(found -> found.tornBytes() > 0).orElse(null);
            return new VerifyReport(
                    damage,
                    losses(),
                    torn == null ? 0 : torn.tornBytes(),
                    torn == null ? "" : checks.getLast().segment().name(),
                    torn == null ? 0 : torn.tornPosition(),
                    checks.size() + catalog.unreadable().size(),
                    checks.stream().mapToLong(SegmentCheck::bytes).sum(),
                    checks.stream().mapToLong(SegmentCheck::events).sum(),
                    checks.stream().mapToLong(SegmentCheck::lostEvents).sum());
        }
    }

    /// Checks the log beside a writer, up to what is published, or alone.
    ///
    /// @throws LogException.Missing when there is no log
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public VerifyReport beside() throws LogException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<Published> published = Published.find(disk);
            Catalog catalog = catalog();
            // A live writer whose segment is not there was stopped, and another took over since.
            OptionalInt live = published
                    .filter(Published::isWriterAlive)
                    .map(catalog::find)
                    .orElse(OptionalInt.empty());
            Found found =
                    live.isPresent() ? beside(catalog, live.getAsInt(), published.get()) : alone(catalog, published);
            // If a writer came meanwhile, what was seen of the end may be of two moments.
            if (live.isPresent()
                    || isStillLost(found.catalog())
                    || Published.find(disk).equals(published)) {
                return found.report();
            }
            Thread.onSpinWait();
        }
        throw new LogException.Storage(
                "cannot read " + storage.directory(), new IOException("its files change all the time"));
    }

    /// Checks the log while its lock is held.
    Found alone() throws LogException {
        return alone(catalog(), Published.find(disk));
    }

    private Catalog catalog() throws LogException {
        readBytes = 0;
        checkedBytes = 0;
        checks.clear();
        Catalog catalog = Catalog.read(storage);
        if (catalog.isEmpty()) {
            throw new LogException.Missing(storage.directory());
        }
        return catalog;
    }

    private Found beside(Catalog catalog, int last, Published published) throws LogException {
        checkSealed(catalog, last);
        SegmentFile active = catalog.segments().get(last);
        check(active)
                .walk(new SegmentWalk.Stretch(
                        SegmentHeader.FIRST_FRAME, active.base(), published.position(), published.nextOffset()));
        return found(catalog, Optional.of(published), Optional.empty());
    }

    /// Whether the last segment is lost, and not just made since: the writer of a log of which a file was deleted goes
    /// on to publish.
    private boolean isStillLost(Catalog catalog) throws LogException {
        return catalog.isLastLost()
                && (!catalog.isLastMissing()
                        || !storage.list()
                                .contains(SegmentName.segment(catalog.missing().getLast())));
    }

    private Found alone(Catalog catalog, Optional<Published> published) throws LogException {
        if (catalog.segments().isEmpty()) {
            return found(catalog, published, Optional.empty());
        }
        int last = catalog.segments().size() - 1;
        checkSealed(catalog, last);
        SegmentFile active = catalog.segments().get(last);
        if (catalog.isLastLost()) {
            checkSealed(active, catalog.sealed().get(last));
            return found(catalog, published, Optional.empty());
        }
        UnsealedEnd end = check(active).survey(UnsealedEnd.Known.toGoOn(active, published));
        return found(catalog.endingWith(end), published, Optional.of(end));
    }

    private void checkSealed(Catalog catalog, int count) throws LogException {
        for (int i = 0; i < count; i++) {
            checkSealed(catalog.segments().get(i), catalog.sealed().get(i));
        }
    }

    private void checkSealed(SegmentFile segment, SegmentWalk.Stretch stretch) throws LogException {
        SegmentCheck check = check(segment);
        check.walk(stretch);
        check.checkSeal();
    }

    private SegmentCheck check(SegmentFile segment) throws LogException {
        checkedBytes = checks.stream().mapToLong(SegmentCheck::bytes).sum();
        tell(checkedBytes);
        SegmentCheck check = new SegmentCheck(storage, segment, position -> tell(checkedBytes + position));
        checks.add(check);
        return check;
    }

    private Found found(Catalog catalog, Optional<Published> published, Optional<UnsealedEnd> end) throws LogException {
        bytesDone.accept(checks.stream().mapToLong(SegmentCheck::bytes).sum());
        List<Damage> damage = new ArrayList<>(catalog.damage());
        NavigableMap<Long, List<SessionLoss>> losses = new TreeMap<>();
        for (SegmentCheck check : checks) {
            damage.addAll(check.damage());
            damage.addAll(check.index().damage());
            losses.put(check.segment().base(), check.losses());
        }
        for (long base : catalog.unreadable()) {
            losses.put(base, IndexCheck.allOf(storage, base));
        }
        for (long base : catalog.missing()) {
            // Its index may still be there.
            if (!losses.containsKey(base)) {
                losses.put(base, IndexCheck.allOf(storage, base));
            }
        }
        return new Found(catalog, published, checks, end, told(damage), losses);
    }

    /// All damage in the order of the files, with the disk's own words where it refuses to read.
    private List<Damage> told(List<Damage> found) {
        List<Refusal> refusals = storage.refusals();
        List<Damage> all = new ArrayList<>(found);
        // Of files that tell something of others only, such as the index of a segment that is missing.
        refusals.stream()
                .filter(refusal -> found.stream().noneMatch(refusal::isWithin))
                .forEach(refusal -> all.add(refusal.damage()));
        return all.stream()
                .map(damage -> Refusal.explained(damage, refusals))
                .sorted(Comparator.comparing(Damage::file).thenComparingLong(Damage::position))
                .toList();
    }

    /// The segment as the disk gives it now: its pages may have gone out of memory since it was checked.
    SegmentFile again(SegmentFile segment) throws LogException {
        return new SegmentFile(
                segment.name(),
                segment.header(),
                segment.place(),
                storage.map(segment.name()).asSlice(0, segment.sizeBytes()),
                segment.damagedHeaderCopies());
    }

    /// As [ProbedStorage#confirmRefusals].
    void confirmRefusals(String name) throws LogException {
        storage.confirmRefusals(name);
    }
}
