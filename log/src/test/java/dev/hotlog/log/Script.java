// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.SimulatedDisk;
import dev.hotlog.log.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a test does to a log, step by step: appends, closes it, kills its process. Played on a simulated disk it
/// leaves a [Recording].
final class Script {
    /// Rolls soon; a group is forced when it is asked for, or holds three events.
    static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS
            .withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES)
            .withGroup(1 << 30, 3, Duration.ofHours(1));

    /// Of every log that a script is played on, and its clock: equal disks of two scripts are equal bytes.
    static final UUID LOG_ID = new UUID(0x4c4f47L, 1);

    static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_760_000_000_000L));

    private static final int LINES_A_BATCH = 2;
    private static final int LINE_BYTES = 200;

    private sealed interface Step {
        record Append(Batch batch, Durability durability) implements Step {}

        record Flush() implements Step {}

        record CloseAndOpen() implements Step {}

        record KillAndOpen() implements Step {}

        record Repair(End end) implements Step {}

        record Import(String source, int lines) implements Step {}
    }

    /// How a writer ends.
    enum End {
        CLOSED,
        KILLED
    }

    /// How far a script had come when a power cut hit: so many batches sent, so many of them acknowledged as
    /// durable.
    record Progress(int sent, int acknowledged) {}

    /// @param start the disk before
    /// @param trace what was done to it, with [Progress] as marks
    /// @param sent the batches, those before the script too
    /// @param before how many batches `start` held
    record Recording(DiskImage start, List<Operation> trace, Sent sent, int before) {}

    private final List<Step> steps = new ArrayList<>();
    private HotLogOptions options = OPTIONS;
    private boolean madeByTheWriter;
    private int sectorBytes = SimulatedDisk.USUAL_SECTOR_BYTES;

    Script options(HotLogOptions value) {
        options = value;
        return this;
    }

    Script sectorBytes(int bytes) {
        sectorBytes = bytes;
        return this;
    }

    /// The first writer makes the log, with an id that no seed repeats.
    Script madeByTheWriter() {
        madeByTheWriter = true;
        return this;
    }

    Script append(Durability durability, Event... events) {
        return append(durability, Batch.of(events));
    }

    Script append(Durability durability, Batch batch) {
        steps.add(new Step.Append(batch, durability));
        return this;
    }

    Script appendOneByOne(Durability durability, List<Event> events) {
        events.forEach(event -> append(durability, event));
        return this;
    }

    Script flush() {
        steps.add(new Step.Flush());
        return this;
    }

    Script closeAndOpen() {
        steps.add(new Step.CloseAndOpen());
        return this;
    }

    /// All that was sent must have been acknowledged.
    Script killAndOpen() {
        steps.add(new Step.KillAndOpen());
        return this;
    }

    /// A copy of the header of the first and of the last segment rots, and a block of the first index. Nothing is
    /// lost, and repair makes all three anew.
    ///
    /// @param end of the writer before; as for [#killAndOpen] when it is killed
    Script repairAndOpen(End end) {
        steps.add(new Step.Repair(end));
        return this;
    }

    /// Whether anything rots, for a repair to mend.
    boolean rots() {
        return steps.stream().anyMatch(Step.Repair.class::isInstance);
    }

    /// Reads a source of so many lines on from its cursor in the log, some lines a batch, each with its cursor; at the
    /// end all is flushed.
    Script importTo(String source, int lines) {
        steps.add(new Step.Import(source, lines));
        return this;
    }

    Recording record(UnaryOperator<Storage> engine) throws LogException {
        return record(DiskImage.EMPTY, new Sent(), engine);
    }

    /// Plays the script, and closes the log at its end.
    ///
    /// @param start the disk before, which holds `sent`
    /// @param engine puts something between the log and its disk
    Recording record(DiskImage start, Sent sent, UnaryOperator<Storage> engine) throws LogException {
        int before = sent.batches();
        Play play = play(new FaultyStorage(new SimulatedDisk(start, sectorBytes)), sent, engine);
        if (!madeByTheWriter && !hasSegment(start)) {
            play.makeLog();
        }
        play.toTheEnd();
        return new Recording(start, play.storage().trace(), sent, before);
    }

    static boolean hasSegment(DiskImage disk) {
        return disk.files().keySet().stream()
                .anyMatch(name -> SegmentName.base(name).isPresent());
    }

    /// A play that has not begun.
    ///
    /// @param sent what the storage holds
    Play play(FaultyStorage storage, Sent sent, UnaryOperator<Storage> engine) {
        return new Play(storage, sent, engine);
    }

    /// One run of the script, which may fail at any step.
    final class Play {
        private final UnaryOperator<Storage> engine;
        private final Sent sent;
        private FaultyStorage storage;
        private int acknowledged;
        private @Nullable HotLog log;

        private Play(FaultyStorage storage, Sent sent, UnaryOperator<Storage> engine) {
            this.storage = storage;
            this.sent = sent;
            this.engine = engine;
            this.acknowledged = sent.batches();
        }

        /// Makes the log as its first writer would, but for its id, and for that writer's end right after.
        private void makeLog() throws LogException {
            mark();
            SegmentHeader header = new SegmentHeader(LOG_ID, 0, 1, CLOCK.millis(), 0, 0);
            FrameWriter nothing = new FrameWriter();
            nothing.beginInNewFile(header, SegmentHeader.FIRST_FRAME);
            ActiveSegment.create(
                            engine.apply(storage), header, nothing, ActiveSegment.FIRST_BYTES, options.segmentBytes())
                    .close();
        }

        void toTheEnd() throws LogException {
            mark();
            open();
            for (Step step : steps) {
                take(step);
                mark();
            }
            log().close();
            acknowledged = sent.batches();
            mark();
        }

        private void take(Step step) throws LogException {
            switch (step) {
                case Step.Append(Batch batch, Durability durability) -> {
                    sent.add(batch);
                    mark();
                    append(log(), batch, durability);
                    awaitFullGroup();
                    acknowledged = durability == Durability.MEMORY ? acknowledged : sent.batches();
                }
                case Step.Flush() -> {
                    log().flush();
                    acknowledged = sent.batches();
                }
                case Step.CloseAndOpen() -> {
                    end(End.CLOSED);
                    open();
                }
                case Step.KillAndOpen() -> {
                    end(End.KILLED);
                    open();
                }
                case Step.Repair(End end) -> {
                    end(end);
                    log = null;
                    Rot.ofWhatCanBeMended(storage);
                    RepairReport report = HotLog.repair(engine.apply(storage), options, CLOCK);
                    if (report.segmentsRewritten() == 0) {
                        throw new AssertionError("repair has missed what rotted");
                    }
                    open();
                }
                case Step.Import(String source, int lines) -> importTo(source, lines);
            }
        }

        /// The committer works beside an append that does not wait; what it does is to come before the next step.
        private void awaitFullGroup() throws LogException {
            HotLog writer = log();
            long next = writer.nextOffset();
            if (next - writer.durableOffset() >= options.groupEvents()) {
                writer.awaitDurable(next - 1);
            }
        }

        private void end(End end) throws LogException {
            switch (end) {
                case CLOSED -> {
                    log().close();
                    acknowledged = sent.batches();
                    mark();
                }
                case KILLED -> {
                    if (acknowledged < sent.batches()) {
                        throw new IllegalStateException("what is lost by the kill would be missing in the middle");
                    }
                    storage = killed(storage, log());
                }
            }
        }

        private void importTo(String source, int lines) throws LogException {
            int read = log().cursor(source).map(Integer::parseInt).orElse(0);
            while (read < lines) {
                int count = Math.min(LINES_A_BATCH, lines - read);
                Batch batch = new Batch(
                        Events.events("of " + source, read, count, LINE_BYTES),
                        List.of(),
                        List.of(new Cursor(source, Integer.toString(read + count))));
                take(new Step.Append(batch, Durability.MEMORY));
                read += count;
            }
            take(new Step.Flush());
        }

        private void open() throws LogException {
            log = null;
            log = HotLog.open(engine.apply(storage), options, CLOCK);
        }

        private void mark() {
            storage.mark(progress());
        }

        Progress progress() {
            return new Progress(sent.batches(), acknowledged);
        }

        FaultyStorage storage() {
            return storage;
        }

        Sent sent() {
            return sent;
        }

        /// The writer; none when it could not be opened.
        Optional<HotLog> writer() {
            return Optional.ofNullable(log);
        }

        private HotLog log() {
            return writer().orElseThrow();
        }
    }

    private static void append(HotLog log, Batch batch, Durability durability) throws LogException {
        if (batch.events().size() == 1
                && batch.facts().isEmpty()
                && batch.cursors().isEmpty()) {
            log.append(batch.events().getFirst(), durability);
        } else {
            log.append(batch, durability);
        }
    }

    /// Ends a writer's process; the page cache stays.
    static FaultyStorage killed(FaultyStorage storage, HotLog log) throws LogException {
        FaultyStorage next = killed(storage);
        abandon(log);
        return next;
    }

    static FaultyStorage killed(FaultyStorage storage) throws LogException {
        FaultyStorage next = storage.killed();
        DeadWriter.bury(next);
        return next;
    }

    /// Ends the threads of a writer whose process has ended.
    static void abandon(HotLog log) {
        try {
            log.close();
        } catch (LogException _) {
            // Its storage is gone, so it cannot close.
        }
    }
}
