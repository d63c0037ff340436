// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.fuzz.Choices;
import dev.hotlog.fuzz.Edits;
import dev.hotlog.fuzz.Fuzzing;
import dev.hotlog.log.format.Forgery;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.IndexForgery;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A folder that anything has happened to is read, appended to and repaired, or refused in words; what is delivered
/// was appended. Where somebody made checksums right that may be anything, but nothing else is thrown, and nothing goes
/// on for ever.
public class LogFuzzTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final List<Event> EVENTS = LOG.events();
    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_767_225_700_000L));
    private static final Set<String> SESSIONS = Set.of("s-0", "s-1", "s-2");
    /// More than there are frames and faults in any input.
    private static final int MANY = 10_000;
    /// Offsets beyond all sense are not asked for one by one.
    private static final int FEW = 40;

    private static final Fuzzing FUZZING =
            Fuzzing.of(LogFuzzTest.class, LogFuzzTest::take).mostBytes(64).allocation(64 << 20, 0);

    /// For JUnit and Jazzer.
    public LogFuzzTest() {}

    @Test
    void aFolderThatAnythingHappenedToGivesWhatWasAppendedOrSaysWhyNot() throws Exception {
        FUZZING.run(8_000);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FUZZING.check(input);
    }

    private static void take(byte[] input) throws LogException {
        Choices choices = new Choices(input);
        int how = choices.below(4);
        boolean forged = choices.below(2) == 1;
        DiskImage sound = choices.below(2) == 0 ? LOG.closed() : LOG.killed();
        SortedMap<String, byte[]> files = new Edits(choices).of(sound.files());
        if (forged) {
            files.replaceAll(LogFuzzTest::forge);
        }
        Case folder = new Case(new DiskImage(files), forged);
        switch (how) {
            case 0, 1 -> folder.read();
            case 2 -> folder.append();
            default -> folder.repair();
        }
    }

    private static byte[] forge(String name, byte[] bytes) {
        byte[] forged = bytes.clone();
        if (name.endsWith(".hotlog")) {
            Forgery.makeRight(forged);
        } else if (name.endsWith(".idx")) {
            IndexForgery.makeRight(forged);
        }
        return forged;
    }

    private interface Question {
        void ask() throws LogException;
    }

    /// One folder.
    ///
    /// @param forged whether events may be others than were appended
    private record Case(DiskImage image, boolean forged) {
        /// Damage is an answer; that the log stopped is none, since no disk failed.
        private static boolean answers(Question question) {
            try {
                question.ask();
                return true;
            } catch (LogException.Stopped e) {
                throw new AssertionError("the log stopped", e);
            } catch (LogException _) {
                return false;
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).isInstanceOf(LogException.Damaged.class);
                return false;
            }
        }

        void read() {
            FaultyStorage storage = new FaultyStorage(image);
            answers(() -> ask(HotLogReader.open(storage)));
            answers(() -> HotLogReader.verify(storage, _ -> {}));
            assertThat(storage.image().fingerprint()).isEqualTo(image.fingerprint());
        }

        private void ask(HotLogReader reader) throws LogException {
            replayed(reader);
            answers(() -> steps(reader.replay()));
            for (String session : SESSIONS) {
                answers(() -> steps(reader.replay().session(session)));
                answers(() -> reader.session(session));
                answers(() -> reader.facts(session).ifPresent(this::isKnown));
                answers(() -> reader.rollups(session, cell -> isKnown(cell.sessionId())));
            }
            for (Event event : EVENTS) {
                answers(() -> reader.get(event.sessionId(), event.seq()).ifPresent(found -> isKnown(found, event)));
                answers(() -> reader.offsetOf(event.sessionId(), event.seq()));
            }
            answers(() -> assertThat(reader.get("nobody", 1)).isEmpty());
            long first = reader.firstOffset();
            for (long offset = first; offset < Math.min(reader.nextOffset(), first + FEW); offset++) {
                long asked = offset;
                answers(() -> reader.at(asked).ifPresent(found -> isKnown(found, asked)));
            }
            answers(() -> reader.sessions().forEach(session -> isKnown(session.sessionId())));
            answers(() -> reader.sessionIds("s").forEach(this::isKnown));
            answers(() -> reader.rollups(cell -> isKnown(cell.sessionId())));
            answers(() -> assertThat(reader.damage().size()).isLessThan(MANY));
            answers(() -> reader.cursor(FuzzLog.SOURCE).ifPresent(this::isKnownState));
            answers(reader::info);
        }

        /// The offsets that are read, each once and in order.
        private List<Long> replayed(HotLogReader reader) throws LogException {
            List<Long> offsets = new ArrayList<>();
            List<Damage> damage = new ArrayList<>();
            long last = -1;
            for (EventView view : reader.replay().onDamage(damage::add)) {
                isKnown(view.toEvent(), view.offset());
                assertThat(view.offset()).isGreaterThan(forged ? Long.MIN_VALUE : last);
                last = view.offset();
                offsets.add(last);
                assertThat(offsets.size()).isLessThan(MANY);
            }
            assertThat(damage.size()).isLessThan(MANY);
            damage.forEach(found -> assertThat(found.toString()).isNotEmpty());
            return offsets;
        }

        /// Goes on behind every damage, as [Replay] promises.
        private void steps(Replay replay) {
            Iterator<EventView> steps = replay.iterator();
            for (int i = 0; i < MANY; i++) {
                boolean[] more = new boolean[1];
                boolean whole = answers(() -> more[0] = steps.hasNext());
                if (whole && !more[0]) {
                    return;
                }
                if (more[0]) {
                    EventView view = steps.next();
                    isKnown(view.toEvent(), view.offset());
                }
            }
            throw new AssertionError("a replay without an end");
        }

        private void isKnown(Event found, long offset) {
            if (!forged && !isTakenByName()) {
                assertThat(offset).isBetween(0L, EVENTS.size() - 1L);
                isKnown(found, EVENTS.get((int) offset));
            }
        }

        /// Whether no header is left that tells of which log and base a segment is: then its name is believed, and with
        /// it a file that was given another's.
        private boolean isTakenByName() {
            return image.files().entrySet().stream().noneMatch(file -> tellsOfItsLog(file.getKey(), file.getValue()));
        }

        private static boolean tellsOfItsLog(String name, byte[] bytes) {
            MemorySegment file = MemorySegment.ofArray(bytes);
            OptionalLong base = SegmentName.base(name);
            if (base.isPresent()) {
                MemorySegment head = file.asSlice(0, Math.min(bytes.length, SegmentHeader.FIRST_FRAME));
                return SegmentHeader.read(head) instanceof SegmentHeader.Verdict.Sound(SegmentHeader header, int _)
                        && header.base() == base.getAsLong();
            }
            return SegmentName.isIndex(name)
                    && SealedIndex.segmentOf(file)
                            .filter(segment -> name.equals(SegmentName.index(segment.base())))
                            .isPresent();
        }

        private void isKnown(Event found, Event appended) {
            if (!forged) {
                assertThat(found).isEqualTo(appended);
            }
        }

        private void isKnown(String session) {
            assertThat(forged || SESSIONS.contains(session)).as(session).isTrue();
        }

        private void isKnown(SessionFacts facts) {
            assertThat(forged || facts.fact(SessionFacts.TITLE).orElseThrow().equals(FuzzLog.TITLE))
                    .isTrue();
        }

        private void isKnownState(String state) {
            assertThat(forged || FuzzLog.STATES.contains(state)).as(state).isTrue();
        }

        void append() throws LogException {
            FaultyStorage storage = new FaultyStorage(image);
            TreeSet<Long> before = readable(storage);
            Event fresh = Events.event("fresh", 1);
            long[] offset = {-1};
            boolean open = answers(() -> {
                try (HotLog log = HotLog.open(storage, OPTIONS, CLOCK)) {
                    offset[0] = log.append(fresh, Durability.FORCED);
                    for (Event event : EVENTS) {
                        answers(() -> log.append(event, Durability.MEMORY));
                        answers(() -> log.offsetOf(event.sessionId(), event.seq()));
                    }
                    answers(() -> log.cursor(FuzzLog.SOURCE));
                    SESSIONS.forEach(session -> answers(() -> log.facts(session)));
                }
            });
            assertThat(storage.openFiles()).isZero();
            if (open) {
                goesOn(storage, fresh, offset[0], before);
            }
        }

        private void goesOn(FaultyStorage storage, Event fresh, long offset, TreeSet<Long> before) throws LogException {
            HotLogReader reader = HotLogReader.open(storage);
            assertThat(reader.get("fresh", 1)).contains(fresh);
            if (!forged) {
                assertThat(reader.offsetOf("fresh", 1)).hasValue(offset);
                assertThat(before.headSet(offset, false)).isEqualTo(before);
                assertThat(readable(storage)).containsAll(before);
            }
        }

        /// A file of that name that is longer than ours is never written over.
        private boolean isPublishedForeign() {
            return image.files().getOrDefault("published", new byte[0]).length > 64;
        }

        private TreeSet<Long> readable(FaultyStorage storage) {
            TreeSet<Long> offsets = new TreeSet<>();
            answers(() -> {
                for (EventView view : HotLogReader.open(storage).replay().onDamage(_ -> {})) {
                    if (!view.isOfSession("fresh") && view.offset() < EVENTS.size()) {
                        offsets.add(view.offset());
                    }
                    assertThat(offsets.size()).isLessThan(MANY);
                }
            });
            return offsets;
        }

        void repair() throws LogException {
            FaultyStorage storage = new FaultyStorage(image);
            TreeSet<Long> before = readable(storage);
            if (!answers(() -> HotLog.repair(storage, OPTIONS, CLOCK)) || isPublishedForeign()) {
                return;
            }
            VerifyReport report = HotLogReader.verify(storage, _ -> {});
            assertThat(forged || report.isSound()).as("%s", report).isTrue();
            HotLogReader reader = HotLogReader.open(storage);
            List<Long> after = replayed(reader);
            if (!forged) {
                assertThat(after).containsAll(before);
            }
            ask(reader);
            FaultyStorage mended = new FaultyStorage(storage.image());
            Event fresh = Events.event("fresh", 1);
            long[] offset = {-1};
            boolean open = answers(() -> {
                try (HotLog log = HotLog.open(mended, OPTIONS, CLOCK)) {
                    assertThat(forged || log.recovery().damage().isEmpty()).isTrue();
                    offset[0] = log.append(fresh);
                }
            });
            assertThat(forged || open).isTrue();
            if (open) {
                goesOn(mended, fresh, offset[0], before);
            }
        }
    }
}
