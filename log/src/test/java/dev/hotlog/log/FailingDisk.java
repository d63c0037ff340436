// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.Faults;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.SimulatedDisk;
import dev.hotlog.log.storage.Storage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Plays scripts on a disk that fails at one operation, and holds what is left against what was acknowledged:
///
/// - an append that failed was not acknowledged, and none is after it until the log is opened again
/// - a reader finds a prefix of what was sent, with all that was acknowledged
/// - so does the next writer on the same page cache; three more appends work, and are there after a power cut
/// that loses all that was not forced since
/// - so it is after a power cut right after the failure
final class FailingDisk {
    private static final String AFTERWARDS = "afterwards";

    private final UnaryOperator<Storage> engine;
    private final PowerCuts cuts;
    private int runs;

    /// @param engine puts something between the log and its disk
    FailingDisk(UnaryOperator<Storage> engine, long seed) {
        this.engine = engine;
        this.cuts = new PowerCuts(engine, 0, SimulatedDisk.USUAL_SECTOR_BYTES, seed).rotting();
    }

    int runs() {
        return runs;
    }

    int states() {
        return cuts.states();
    }

    /// Plays the script again and again, until no operation is left to fail.
    void atEveryOperation(Script script, Fault fault) throws LogException {
        atOperations(script, fault, false);
    }

    /// As [#atEveryOperation], but all operations fail from there on.
    void fromEveryOperation(Script script, Fault fault) throws LogException {
        atOperations(script, fault, true);
    }

    private void atOperations(Script script, Fault fault, boolean forEver) throws LogException {
        for (int n = 1; ; n++) {
            int operation = n;
            String how = fault + (forEver ? " from operation " : " at operation ") + n;
            boolean reached = holds(script, how, faults -> {
                if (forEver) {
                    faults.failFrom(operation, fault);
                } else {
                    faults.failOnce(operation, fault);
                }
            });
            if (!reached) {
                return;
            }
        }
    }

    /// @param plan what is to fail
    /// @return whether anything did
    boolean holds(Script script, String how, Consumer<Faults> plan) throws LogException {
        runs++;
        FaultyStorage storage = new FaultyStorage();
        plan.accept(storage.faults());
        Script.Play play = script.play(storage, new Sent(), engine);
        try {
            play.toTheEnd();
        } catch (LogException e) {
            try {
                play.writer().ifPresent(FailingDisk::isStopped);
            } catch (AssertionError failure) {
                throw new AssertionError(how + ": after " + e, failure);
            }
        }
        boolean reached = storage.faults().reached();
        try {
            holdsAfter(play);
        } catch (AssertionError | LogException | RuntimeException e) {
            throw new AssertionError(how, e);
        }
        return reached;
    }

    private static void isStopped(HotLog log) {
        assertThatThrownBy(() -> log.append(Events.event("never", 0), Durability.MEMORY))
                .as("an append after one that failed")
                .isInstanceOf(LogException.Stopped.class);
    }

    private void holdsAfter(Script.Play play) throws LogException {
        FaultyStorage storage = play.storage();
        Sent sent = play.sent();
        Script.Progress progress = play.progress();
        storage.faults().clear();
        int read = cuts.read(storage, sent, progress.acknowledged(), progress.sent());
        for (int i = 0; i < 2; i++) {
            Chooser chooser = i == 0 ? Chooser.oldest() : Chooser.random(i + 31L * runs);
            cuts.look(storage.crashed(chooser).image(), sent, progress, "after the failure");
        }
        play.writer().ifPresent(Script::abandon);
        opensAgain(storage, sent, new Script.Progress(progress.sent(), read));
    }

    private void opensAgain(FaultyStorage before, Sent sent, Script.Progress progress) throws LogException {
        FaultyStorage storage = Script.killed(before);
        HotLog log = HotLog.open(engine.apply(storage), Script.OPTIONS, Script.CLOCK);
        int found = cuts.read(storage, sent, progress.acknowledged(), progress.sent());
        Sent all = sent.first(found);
        PowerCuts.later(AFTERWARDS).forEach(all::add);
        try {
            PowerCuts.goesOn(log, sent.after(found), AFTERWARDS);
            Script.Progress three = new Script.Progress(all.batches(), all.batches());
            cuts.look(storage.crashed(Chooser.oldest()).image(), all, three, "after going on");
        } finally {
            Script.abandon(log);
        }
    }
}
