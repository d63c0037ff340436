// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.recovery.Recovery;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Fingerprints;
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.Leftovers;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.SimulatedDisk;
import dev.hotlog.log.storage.Storage;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// Cuts power at every operation of a recording, opens each disk that may be left, and holds it against what was
/// sent and acknowledged:
///
/// - a reader finds a prefix of what was sent, in whole batches, byte for byte, with all that was acknowledged;
/// no damage
/// - recovery finds the same, and leaves it so that another power cut, which loses all that was not forced, changes
///   nothing; for some of the disks that cut comes at any operation of the recovery
/// - of some of those recoveries the recovery is cut as well
/// - of some, every byte is verified: no disk that a power cut left is damaged, be its end torn, and after recovery
///   nothing is torn either
/// - for some, a writer goes on: the same event again is a no-op; three more appends work; what was found, and the
///   three, are there after another power cut, which for some comes at any operation
///
/// One that does not hold is an [AssertionError] that names the seed and the operation.
final class PowerCuts {
    private static final HotLogOptions OPTIONS = Script.OPTIONS;
    private static final String LATER = "later";
    private static final String DAMAGE = "damage is told where only a torn end can be";
    /// Of so many disks one is appended to; of the others, recovery alone is looked at.
    private static final int GOES_ON_ONE_IN = 16;
    private static final int OPENED_AGAIN_ONE_IN = 8;
    /// Of those that recovery alone is looked at, so many are verified before it and after.
    private static final int VERIFIED_ONE_IN = 16;
    /// A writer, its recovery, and the recovery of that are cut.
    private static final int DEEPEST = 2;
    /// So much more seldom the recovery of a recovery is cut than that of a writer.
    private static final int DEEPER_SELDOMER = 40;
    /// Recoveries are many: of what is pending at their cuts all subsets are gone through while that is so little …
    private static final int FEW_PENDING_OF_RECOVERIES = 5;
    /// … and of one recovery in so many, as of a writer's.
    private static final int THOROUGH_ONE_IN = 64;

    private final UnaryOperator<Storage> engine;
    private final int mostDisks;
    private final int sectorBytes;
    private final Random random;
    private boolean recycles;
    private boolean rots;
    /// Disks, each with how much was acknowledged by then: what to look at next depends on them.
    private final Fingerprints looked = new Fingerprints();
    private final Fingerprints disks = new Fingerprints();
    private final Fingerprints leftByWriters = new Fingerprints();
    private int depth;
    private int fewPending = Leftovers.FEW_PENDING;
    private int cuts;

    /// @param engine puts something between the log and its disk, when a disk is opened again
    /// @param mostDisks how many disks of chance to look at for each cut, beside those that are gone through
    PowerCuts(UnaryOperator<Storage> engine, int mostDisks, int sectorBytes, long seed) {
        this.engine = engine;
        this.mostDisks = mostDisks;
        this.sectorBytes = sectorBytes;
        this.random = new Random(seed);
    }

    /// The different disks that were opened: names and bytes alone tell them apart.
    Fingerprints disks() {
        return disks;
    }

    /// Those of them that a power cut left which did not come during recovery.
    Fingerprints leftByWriters() {
        return leftByWriters;
    }

    /// How many different disks were opened.
    int states() {
        return disks.size();
    }

    /// How many of those were left by power cuts during recovery alone.
    int statesOfRecoveries() {
        return disks.size() - leftByWriters.size();
    }

    int cuts() {
        return cuts;
    }

    /// Space that files grow into may show what other files left there.
    PowerCuts recycling() {
        recycles = true;
        return this;
    }

    /// Bytes have rotted for a script to repair: until it has, that is damage, of which no event is lost.
    PowerCuts rotting() {
        rots = true;
        return this;
    }

    /// @param oneIn so many disks the opening is cut as well; 0 for none
    void everywhere(Script.Recording recording, int oneIn) throws LogException {
        SimulatedDisk disk = new SimulatedDisk(recording.start(), sectorBytes);
        if (recycles) {
            disk.recycling();
        }
        Script.Progress progress = new Script.Progress(recording.before(), recording.before());
        List<Operation> trace = recording.trace().stream().map(DeadWriter::bury).toList();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i) instanceof Operation.Mark(Script.Progress now)) {
                progress = now;
            } else {
                // What was acknowledged by the time of this operation binds all disks before it.
                cut(disk, recording.sent(), progress, oneIn, i + " before " + trace.get(i));
                disk.apply(trace.get(i));
            }
        }
        cut(disk, recording.sent(), progress, oneIn, "at the end");
    }

    /// The recording when power is not cut: a reader finds all of it, and a writer goes on.
    void withoutACut(Script.Recording recording) throws LogException {
        SimulatedDisk disk = new SimulatedDisk(recording.start(), sectorBytes);
        recording.trace().forEach(disk::apply);
        Sent sent = recording.sent();
        FaultyStorage storage = new FaultyStorage(disk);
        read(storage, sent, sent.batches(), sent.batches());
        try (HotLog log = HotLog.open(engine.apply(storage), OPTIONS, Script.CLOCK)) {
            goesOn(log, sent.after(sent.batches()), LATER);
        }
        Sent all = sent.first(sent.batches());
        later(LATER).forEach(all::add);
        read(storage, all, all.batches(), all.batches());
    }

    private void cut(SimulatedDisk disk, Sent sent, Script.Progress progress, int oneIn, String where)
            throws LogException {
        cuts++;
        Leftovers leftovers = new Leftovers(disk, fewPending, mostDisks, random);
        for (int i = 0; leftovers.hasNext(); i++) {
            look(leftovers.next(), sent, progress, oneIn, where + ", disk " + i);
        }
    }

    /// Looks at one disk that a power cut left, as at all others.
    void look(DiskImage left, Sent sent, Script.Progress progress, String where) throws LogException {
        look(left, sent, progress, 0, where);
    }

    private void look(DiskImage left, Sent sent, Script.Progress progress, int oneIn, String where)
            throws LogException {
        long fingerprint = left.fingerprint();
        if (!looked.add(fingerprint * 31 + progress.acknowledged())) {
            return;
        }
        disks.add(fingerprint);
        if (depth == 0) {
            leftByWriters.add(fingerprint);
        }
        try {
            DiskImage disk = DeadWriter.bury(left);
            boolean cutAgain = oneIn > 0 && random.nextInt(oneIn) == 0;
            if (random.nextInt(GOES_ON_ONE_IN) > 0) {
                Script.Recording recovery = recovers(disk, sent, progress);
                if (cutAgain) {
                    cutAgain(recovery, oneIn);
                }
            } else {
                int batches = holdsAfter(disk, sent, progress);
                if (cutAgain) {
                    cutAgain(opening(disk, sent.first(batches)), oneIn);
                }
            }
        } catch (AssertionError | LogException | RuntimeException e) {
            throw new AssertionError("power cut at operation " + where, e);
        }
    }

    private void cutAgain(Script.Recording recovery, int oneIn) throws LogException {
        int before = fewPending;
        fewPending = random.nextInt(THOROUGH_ONE_IN) == 0 ? Leftovers.FEW_PENDING : FEW_PENDING_OF_RECOVERIES;
        depth++;
        everywhere(recovery, depth < DEEPEST ? DEEPER_SELDOMER * oneIn : 0);
        depth--;
        fewPending = before;
    }

    private Script.Recording opening(DiskImage disk, Sent sent) throws LogException {
        Script script = new Script().sectorBytes(sectorBytes);
        for (Batch batch : later("while opening " + depth)) {
            script.append(Durability.FORCED, batch);
        }
        return script.record(disk, sent, engine);
    }

    /// What [#goesOn] appends.
    static List<Batch> later(String session) {
        List<Event> events = Events.events(session, 3);
        return List.of(Batch.of(events.getFirst()), Batch.of(events.subList(1, 3)));
    }

    /// Looks at what recovery makes of the disk.
    ///
    /// @return what recovery did
    private Script.Recording recovers(DiskImage disk, Sent sent, Script.Progress progress) throws LogException {
        int read = read(new ImageStorage(disk), sent, progress.acknowledged(), progress.sent());
        boolean verified = random.nextInt(VERIFIED_ONE_IN) == 0;
        if (verified) {
            isNotDamaged(disk);
        }
        FaultyStorage storage = new FaultyStorage(new SimulatedDisk(disk, sectorBytes));
        RecoveredLog log = new Recovery(engine.apply(storage), OPTIONS.segmentBytes(), Script.CLOCK).run();
        log.active().close();
        assertThat(log.report().damage()).as("damage").isEmpty();
        assertThat(log.report().nextOffset())
                .as("next offset")
                .isEqualTo(sent.after(read).events().size());
        List<Operation> trace = storage.trace();
        DiskImage recovered = storage.disk().crashed(Chooser.oldest());
        read(new ImageStorage(recovered), sent, read, read);
        if (verified) {
            assertThat(isNotDamaged(recovered)).as("torn bytes after recovery").isZero();
        }
        // The id of a log that recovery has just made is nowhere else, and no seed repeats it.
        return Script.hasSegment(disk)
                ? new Script.Recording(disk, trace, sent.first(read), read)
                : opening(disk, sent.first(read));
    }

    /// Verifies every byte.
    ///
    /// @return how many are torn
    private long isNotDamaged(DiskImage disk) throws LogException {
        try {
            VerifyReport report = HotLogReader.verify(engine.apply(new ImageStorage(disk)), _ -> {});
            assertThat(report.damage()).as(DAMAGE).allMatch(damage -> rots && damage.lostEvents() == 0);
            return report.tornBytes();
        } catch (LogException.Missing _) {
            return 0; // Whether there has to be a log, the reader was asked.
        }
    }

    /// How many batches are there.
    private int holdsAfter(DiskImage disk, Sent sent, Script.Progress progress) throws LogException {
        int read = read(new ImageStorage(disk), sent, progress.acknowledged(), progress.sent());
        FaultyStorage storage = new FaultyStorage(new SimulatedDisk(disk, sectorBytes));
        HotLog log = HotLog.open(engine.apply(storage), OPTIONS, Script.CLOCK);
        try {
            assertThat(log.recovery().damage()).as("damage").isEmpty();
            int found = read(storage, sent, progress.acknowledged(), progress.sent());
            assertThat(found)
                    .as("batches that the writer found, not the reader")
                    .isEqualTo(read);
            goesOn(log, sent.after(found), LATER);
        } finally {
            FaultyStorage next = new FaultyStorage(new SimulatedDisk(
                    DeadWriter.bury(storage.crashed(Chooser.oldest()).image()), sectorBytes));
            Script.abandon(log);
            storage = next;
        }
        Sent all = sent.first(read);
        later(LATER).forEach(all::add);
        isLeft(storage, all);
        return read;
    }

    /// How many batches a reader finds, from `atLeast` to `atMost`; fails when it finds anything else.
    int read(Storage storage, Sent sent, int atLeast, int atMost) throws LogException {
        try (HotLogReader reader = HotLogReader.open(engine.apply(storage))) {
            Contents found = sent.read(reader);
            return sent.batchesIn(found, atLeast, atMost);
        } catch (LogException.Damaged e) {
            throw toldAsDamage(e, sent.after(atLeast));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof LogException.Damaged damaged) {
                throw toldAsDamage(damaged, sent.after(atLeast));
            }
            throw e;
        } catch (LogException.Missing e) {
            if (atLeast > 0) {
                throw new AssertionError(
                        Sent.ACKNOWLEDGED_IS_GONE + ", and the log with it; acknowledged were " + atLeast + " batches",
                        e);
            }
            return 0;
        }
    }

    private static AssertionError toldAsDamage(LogException.Damaged e, Contents acknowledged) {
        long first = e.damage().firstOffset();
        boolean ofAcknowledged = e.damage().lostEvents() != 0
                && first >= 0
                && first < acknowledged.events().size();
        return new AssertionError(ofAcknowledged ? Sent.ACKNOWLEDGED_IS_GONE + ", as is told" : DAMAGE, e);
    }

    /// Appends what is there already, which changes nothing, and [#later].
    ///
    /// @param found what the log holds
    static void goesOn(HotLog log, Contents found, String session) throws LogException {
        long next = found.events().size();
        assertThat(log.nextOffset()).as("next offset").isEqualTo(next);
        for (int i = 0; i < next; i += 1 + i / 4) {
            assertThat(log.append(found.events().get(i), Durability.MEMORY))
                    .as("the same event again")
                    .isEqualTo(i);
        }
        for (Batch batch : later(session)) {
            assertThat(log.append(batch, Durability.FORCED).offset(0)).isEqualTo(next);
            next += batch.events().size();
        }
    }

    private void isLeft(FaultyStorage storage, Sent all) throws LogException {
        int batches = all.batches();
        read(storage, all, batches, batches);
        if (random.nextInt(OPENED_AGAIN_ONE_IN) > 0) {
            return;
        }
        HotLog log = HotLog.open(engine.apply(storage), OPTIONS, Script.CLOCK);
        assertThat(log.recovery().damage()).as("damage").isEmpty();
        read(storage, all, batches, batches);
        log.close();
        assertThat(storage.openFiles()).as("files left open").isZero();
    }
}
