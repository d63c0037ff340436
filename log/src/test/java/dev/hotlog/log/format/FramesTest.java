// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Frames as they are laid and read again.
class FramesTest {
    private static final long BASE = 100;
    private static final SegmentHeader HEADER = new SegmentHeader(new UUID(1, 2), BASE, 3, 4, 2, 5);
    private static final int FIRST = SegmentHeader.FIRST_FRAME;
    private static final int SPARE_BYTES = 64;
    /// Without texts or measures but for what is set, so that the body's fields lie where docs/format.md says.
    private static final Event PLAIN = Event.of("s", 7).payload("{}").build();

    private final FrameWriter frames = new FrameWriter();

    FramesTest() {
        frames.begin(HEADER, FIRST);
    }

    /// The segment with what has been laid, and some unwritten space behind it.
    private MemorySegment file() {
        ByteBuffer file = ByteBuffer.allocate((int) frames.position() + SPARE_BYTES);
        file.put(HEADER.toBytes()).put(FIRST, frames.written(), 0, frames.lengthBytes());
        return MemorySegment.ofBuffer(file.clear());
    }

    private static FrameCursor cursor(MemorySegment file) {
        return new FrameCursor(file, HEADER.place());
    }

    // ---- what an event has

    private static Stream<Event> events() {
        Event.Builder full = Event.of("grüße", -1)
                .ts(5, true)
                .kind(new Kind("dream"))
                .source(new Source("dreamt"))
                .tool("Bash")
                .toolCallId("t1")
                .stopReason("")
                .model("opus")
                .payload("{\"a\":1}");
        Measure.ALL.forEach(measure -> full.measure(measure, measure.max() - measure.ordinal()));
        Event.Builder costly = Event.of("", 0).measure(Measure.COST_USD_E6, -3).model("é");
        return Stream.of(
                PLAIN,
                full.build(),
                costly.build(),
                Event.of("s", 1).tool("Bash").build());
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsReadAsItWasLaidWithItsSpans(Event event) {
        frames.event(PLAIN, BASE, true);
        int start = frames.lengthBytes();
        frames.event(event, BASE + 1, false);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST + start, file.byteSize())).isTrue();
        assertThat(frame.type()).isEqualTo(FrameType.EVENT);
        assertThat(frame.more()).isFalse();
        assertThat(frame.offsets()).isEqualTo(1);
        assertThat(frame.relativeOffset()).isEqualTo(1);
        assertThat(frame.durableBefore()).isEqualTo(FIRST);
        assertThat(frame.next()).isEqualTo(frames.position());
        EventFrame view = new EventFrame();
        assertThat(frame.readEvent(view, BASE)).isTrue();
        assertThat(view.toEvent()).isEqualTo(event);
        assertThat(view.offset()).isEqualTo(BASE + 1);
        assertThat(text(view, view.sessionSpan())).contains(event.sessionId());
        assertThat(text(view, view.toolSpan())).isEqualTo(event.tool());
        assertThat(text(view, view.modelSpan())).isEqualTo(event.model());
        assertThat(text(view, view.stopReasonSpan())).isEqualTo(event.stopReason());
        assertThat(view.kindCode()).isEqualTo(Kind.KNOWN.indexOf(event.kind()) + 1);
        assertThat(view.presentMeasures()).isEqualTo(event.presentMeasures());
        for (Measure measure : Measure.ALL) {
            assertThat(view.has(measure)).isEqualTo(event.has(measure));
            assertThat(view.measure(measure)).isEqualTo(event.measure(measure));
        }
        assertThat(view.payloadLengthBytes()).isEqualTo(event.payload().lengthBytes());
    }

    private static Optional<String> text(EventFrame view, long span) {
        return span == Span.NONE
                ? Optional.empty()
                : Optional.of(new String(
                        view.memory()
                                .asSlice(Span.position(span), Span.lengthBytes(span))
                                .toArray(Bytes.U8),
                        StandardCharsets.UTF_8));
    }

    @Test
    void aViewThatMovesFromOneSessionToAnotherTellsEachByItsName() {
        List<String> sessions = List.of("ab", "ab", "ac", "abc", "", "grüße", "grüßt", "\u0080", "\u007f");
        int[] starts = new int[sessions.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = frames.lengthBytes();
            frames.event(Event.of(sessions.get(i), i).build(), BASE + i, false);
        }
        EventFrame view = new EventFrame();
        for (int i = 0; i < starts.length; i++) {
            frames.readEvent(starts[i], view);
            assertThat(view.sessionId()).isEqualTo(sessions.get(i));
            for (String other : sessions) {
                assertThat(view.isOfSession(other)).isEqualTo(other.equals(sessions.get(i)));
            }
        }
    }

    // ---- what contradicts itself

    record Change(Event event, Consumer<MemorySegment> ofBody) {}

    private static Named<Change> change(String what, Event event, Consumer<MemorySegment> ofBody) {
        return Named.of(what, new Change(event, ofBody));
    }

    static Stream<Named<Change>> contradictions() {
        Event dream = Event.of("s", 7).kind(new Kind("dream")).build();
        Event dreamt = Event.of("s", 7).source(new Source("dreamt")).build();
        Event retried = Event.of("s", 7).measure(Measure.RETRY_COUNT, 1).build();
        Event named = Event.of("s", 7)
                .kind(new Kind("dream"))
                .source(new Source("dreamt"))
                .measure(Measure.TOKENS_IN, 1)
                .build();
        int names = EventLayout.MEASURES + Integer.BYTES;
        return Stream.of(
                change("a flag that is none", PLAIN, body -> body.set(Bytes.U32, EventLayout.FLAGS, 1 << 19)),
                change(
                        "more texts than it has room for",
                        PLAIN,
                        body -> body.set(Bytes.U32, EventLayout.FLAGS, EventLayout.TEXT_BITS)),
                change(
                        "a session id beyond its end",
                        PLAIN,
                        body -> body.set(Bytes.U16, EventLayout.SESSION_LENGTH, (short) 4)),
                change(
                        "a kind that is none",
                        PLAIN,
                        body -> body.set(Bytes.U8, EventLayout.KIND, (byte) (Kind.KNOWN.size() + 1))),
                change("a negative kind", PLAIN, body -> body.set(Bytes.U8, EventLayout.KIND, (byte) -1)),
                change("neither a kind nor its name", PLAIN, body -> body.set(Bytes.U8, EventLayout.KIND, (byte) 0)),
                change(
                        "a source that is none",
                        PLAIN,
                        body -> body.set(Bytes.U8, EventLayout.SOURCE, (byte) (Source.KNOWN.size() + 1))),
                change("a negative source", PLAIN, body -> body.set(Bytes.U8, EventLayout.SOURCE, (byte) -1)),
                change(
                        "neither a source nor its name",
                        PLAIN,
                        body -> body.set(Bytes.U8, EventLayout.SOURCE, (byte) 0)),
                change("a kind and a name of one", dream, body -> body.set(Bytes.U8, EventLayout.KIND, (byte) 1)),
                change("a source and a name of one", dreamt, body -> body.set(Bytes.U8, EventLayout.SOURCE, (byte) 1)),
                change("a kind without a name", dream, body -> body.set(Bytes.U16, EventLayout.MEASURES, (short) 0)),
                change("a source without a name", dreamt, body -> body.set(Bytes.U16, EventLayout.MEASURES, (short) 0)),
                change("no name of a kind behind a measure", named, body -> body.set(Bytes.U16, names, (short) 0)),
                change(
                        "no name of a source behind a kind's",
                        named,
                        body -> body.set(Bytes.U16, names + Short.BYTES, (short) 0)),
                change(
                        "more retries than can be told",
                        retried,
                        body -> body.set(Bytes.U32, EventLayout.MEASURES, 0x1_0000)));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void anEventThatContradictsItselfIsNotRead(Change change) {
        frames.event(change.event, BASE, false);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        change.ofBody.accept(file.asSlice(frame.bodyPosition(), frame.bodyLength()));
        assertThat(frame.moveTo(FIRST, file.byteSize()))
                .as("valid with the old checksum")
                .isFalse();
        Forgery.makeRight(file, HEADER.place());
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        assertThat(frame.readEvent(new EventFrame(), BASE)).isFalse();
    }

    @Test
    void theExtremesOfWhatAnEventCanSayAreRead() {
        Event event = Event.of("", 0)
                .kind(Kind.KNOWN.getLast())
                .source(Source.KNOWN.getLast())
                .measure(Measure.RETRY_COUNT, Measure.RETRY_COUNT.max())
                .build();
        frames.event(event, BASE, false);
        EventFrame view = new EventFrame();
        frames.readEvent(0, view);
        assertThat(view.toEvent()).isEqualTo(event);
        assertThat(view.set(view.memory(), FrameHeader.BYTES, EventLayout.MEASURES - 1, 0))
                .as("a body without its fixed fields")
                .isFalse();
    }

    // ---- frames of other types

    @Test
    void factsCursorsMarksAndLossesAreReadAsTheyWereLaid() {
        SessionFacts facts = new SessionFacts("s", Map.of("title", "grüße", "agent", ""));
        Cursor source = new Cursor("file", "{}");
        frames.facts(facts, BASE, true);
        frames.cursor(source, BASE, false);
        frames.lost(BASE, 5);
        frames.mark(FrameType.SEAL, BASE + 5);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        assertThat(frame.more()).isTrue();
        assertThat(frame.offsets()).isZero();
        assertThat(FactsFrame.readFacts(frame.body())).contains(facts);
        assertThat(frame.moveTo(frame.next(), file.byteSize())).isTrue();
        assertThat(frame.type()).isEqualTo(FrameType.CURSOR);
        assertThat(FactsFrame.readCursor(frame.body())).contains(source);
        assertThat(frame.moveTo(frame.next(), file.byteSize())).isTrue();
        assertThat(frame.type()).isEqualTo(FrameType.LOST);
        assertThat(frame.offsets()).isEqualTo(5);
        assertThat(frame.moveTo(frame.next(), file.byteSize())).isTrue();
        assertThat(frame.type()).isEqualTo(FrameType.SEAL);
        assertThat(frame.relativeOffset()).isEqualTo(5);
        assertThat(frame.bodyLength()).isZero();
        assertThat(frame.moveTo(frame.next(), file.byteSize())).isFalse();
    }

    @Test
    void factsAndCursorsThatAreCutShortAreNotRead() {
        frames.facts(new SessionFacts("s", Map.of("title", "t")), BASE, false);
        int second = frames.lengthBytes();
        frames.cursor(new Cursor("file", "{}"), BASE, false);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        for (int length = 0; length < frame.bodyLength(); length++) {
            assertThat(FactsFrame.readFacts(frame.body().asSlice(0, length))).isEmpty();
        }
        assertThat(frame.moveTo(FIRST + second, file.byteSize())).isTrue();
        for (int length = 0; length < frame.bodyLength(); length++) {
            assertThat(FactsFrame.readCursor(frame.body().asSlice(0, length))).isEmpty();
        }
        assertThat(FactsFrame.readCursor(MemorySegment.ofArray(new byte[2 * Short.BYTES])))
                .as("a cursor of no source")
                .isEmpty();
    }

    @Test
    void aLossThatDoesNotSayOfHowManyTakesNoOffsets() {
        frames.lost(BASE, 5);
        MemorySegment file = file();
        file.set(Bytes.U32, FIRST + FrameHeader.WORD, FrameHeader.word(Integer.BYTES, FrameType.LOST, false));
        Forgery.makeRight(file, HEADER.place());
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        assertThat(frame.offsets()).isZero();
    }

    // ---- where frames are

    @Test
    void aFrameEndsByItsLimitAndIsValidInItsOwnPlaceAlone() {
        frames.event(PLAIN, BASE, false);
        MemorySegment file = file();
        long end = frames.position();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, end)).isTrue();
        assertThat(frame.moveTo(FIRST, end - 1)).isFalse();
        assertThat(frame.moveTo(FIRST, FIRST + FrameHeader.BYTES - 1)).isFalse();
        assertThat(frame.moveTo(end, file.byteSize())).as("unwritten space").isFalse();
        MemorySegment.copy(file, FIRST, file, FIRST + Bytes.ALIGNMENT, end - FIRST);
        assertThat(frame.moveTo(FIRST + Bytes.ALIGNMENT, file.byteSize()))
                .as("moved by eight bytes")
                .isFalse();
        SegmentHeader other = new SegmentHeader(HEADER.logId(), BASE, 4, 0, 0, 0);
        frames.begin(other, FIRST);
        frames.event(PLAIN, BASE, false);
        assertThat(frame.moveTo(FIRST, file().byteSize())).isFalse();
    }

    @Test
    void theNextFrameIsFoundBehindDamageUnlessItIsStaleOrCannotBeThere() {
        frames.event(PLAIN, BASE + 1, false);
        long second = frames.position();
        frames.event(PLAIN, BASE + 2, false);
        MemorySegment file = file();
        file.set(Bytes.U8, FIRST, (byte) ~file.get(Bytes.U8, FIRST));
        FrameCursor frame = cursor(file);
        long limit = frames.position();
        assertThat(frame.resync(FIRST, limit, 0)).isEqualTo(second);
        assertThat(frame.position()).isEqualTo(second);
        assertThat(frame.resync(FIRST + 1, limit, 2)).isEqualTo(second);
        assertThat(frame.resync(second, limit, 2)).isEqualTo(second);
        assertThat(frame.resync(FIRST, limit, 3)).as("stale").isEqualTo(-1);
        assertThat(frame.resync(FIRST, limit - 1, 0)).as("cut off").isEqualTo(-1);
        assertThat(frame.resync(second + 1, limit, 0)).as("behind the last").isEqualTo(-1);
        file.set(Bytes.U32, second + FrameHeader.BEHIND, (int) second);
        Forgery.makeRight(file, HEADER.place());
        assertThat(frame.resync(second, limit, 0))
                .as("a write that began before the first frame")
                .isEqualTo(-1);
    }

    @Test
    void aFrameIsVisitedAgainWhereItWas() {
        frames.event(PLAIN, BASE, true);
        long second = frames.position();
        frames.mark(FrameType.CLOSE, BASE + 1);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        assertThat(frame.moveTo(second, file.byteSize())).isTrue();
        frame.revisit(FIRST);
        assertThat(frame.position()).isEqualTo(FIRST);
        assertThat(frame.type()).isEqualTo(FrameType.EVENT);
        assertThat(frame.more()).isTrue();
    }

    @Test
    void whereASegmentBelongsIsToldByOneFrameOfALikelyPlaceOrByTwoOfAPossibleOne() {
        frames.event(PLAIN, BASE, false);
        MemorySegment one = file();
        frames.event(PLAIN, BASE + 1, false);
        MemorySegment two = file();
        Place place = HEADER.place();
        assertThat(PlaceSearch.find(one, place::equals, _ -> false)).contains(place);
        assertThat(PlaceSearch.find(one, _ -> false, place::equals)).isEmpty();
        assertThat(PlaceSearch.find(two, _ -> false, place::equals)).contains(place);
        assertThat(PlaceSearch.find(two, _ -> false, _ -> false)).isEmpty();
        assertThat(PlaceSearch.find(two.asSlice(0, FIRST + FrameHeader.BYTES), place::equals, _ -> false))
                .as("cut in the first frame")
                .isEmpty();
    }

    // ---- laying

    @Test
    void framesOfOneWriteProveWhatLiesBeforeItAndThoseOfANewFileAllBeforeThem() {
        for (boolean newFile : new boolean[] {false, true}) {
            long begin = FIRST + 64;
            if (newFile) {
                frames.beginInNewFile(HEADER, begin);
            } else {
                frames.begin(HEADER, begin);
            }
            frames.event(PLAIN, BASE, true);
            long second = frames.position();
            frames.event(PLAIN, BASE + 1, false);
            ByteBuffer bytes = ByteBuffer.allocate((int) frames.position());
            bytes.put((int) begin, frames.written(), 0, frames.lengthBytes());
            FrameCursor frame = cursor(MemorySegment.ofBuffer(bytes));
            assertThat(frame.moveTo(second, bytes.capacity())).isTrue();
            assertThat(frame.durableBefore()).isEqualTo(newFile ? second : begin);
        }
    }

    @Test
    void aFrameOfThisWriteIsFoundByItsPositionAndNoOther() {
        frames.begin(HEADER, 4096);
        frames.event(PLAIN, BASE, true);
        int second = frames.lengthBytes();
        frames.event(PLAIN, BASE + 1, true);
        EventFrame view = new EventFrame();
        assertThat(frames.readEventAt(4096 - 8, view)).isFalse();
        assertThat(frames.readEventAt(frames.position(), view)).isFalse();
        assertThat(frames.readEventAt(4096, view)).isTrue();
        assertThat(view.offset()).isEqualTo(BASE);
        assertThat(frames.readEventAt(frames.position(second), view)).isTrue();
        assertThat(view.offset()).isEqualTo(BASE + 1);
        assertThat(frames.next(0)).isEqualTo(second);
        frames.rewindTo(second);
        assertThat(frames.readEventAt(frames.position(second), view)).isFalse();
        assertThat(frames.written().remaining()).isEqualTo(second);
    }

    @Test
    void aBatchThatEndsWithAFrameSaysSoUnderTheRightChecksum() {
        frames.event(PLAIN, BASE, true);
        int second = frames.lengthBytes();
        frames.event(PLAIN, BASE + 1, true);
        frames.endBatch(second);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        assertThat(frame.more()).isTrue();
        assertThat(frame.moveTo(FIRST + second, file.byteSize())).isTrue();
        assertThat(frame.more()).isFalse();
    }

    @Test
    void aCopyIsTheSameFrameInItsNewPlaceAndEndsItsBatch() {
        frames.event(PLAIN, BASE + 1, true);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        SegmentHeader newer = new SegmentHeader(HEADER.logId(), BASE, 4, 0, 3, 0);
        FrameWriter copies = new FrameWriter();
        copies.beginInNewFile(newer, FIRST);
        copies.copy(frame, BASE + 1);
        ByteBuffer bytes = ByteBuffer.allocate((int) copies.position());
        bytes.put(FIRST, copies.written(), 0, copies.lengthBytes());
        FrameCursor copied = new FrameCursor(MemorySegment.ofBuffer(bytes), newer.place());
        assertThat(copied.moveTo(FIRST, bytes.capacity())).isTrue();
        assertThat(copied.more()).isFalse();
        assertThat(copied.relativeOffset()).isEqualTo(1);
        assertThat(copied.body().mismatch(frame.body())).isEqualTo(-1);
        assertThat(copied.next()).isEqualTo(copies.position());
    }

    @Test
    void whatIsOverALimitIsRefusedAndNothingOfItIsLaid() {
        frames.event(PLAIN, BASE, false);
        int before = frames.lengthBytes();
        String most = "x".repeat(0xFFFF);
        frames.event(Event.of(most, 1).model(most).build(), BASE + 1, false);
        frames.rewindTo(before);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.event(Event.of(most + "x", 1).build(), BASE + 1, false))
                .withMessage("session_id of 65536 bytes; the most is 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        frames.event(Event.of("s", 1).tool("é".repeat(0x8000)).build(), BASE + 1, false))
                .withMessage("a text of 65536 bytes; the most is 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.cursor(new Cursor("x".repeat(4097), ""), BASE + 1, false))
                .withMessage("a cursor's source of 4097 bytes; the most is 4096");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.facts(new SessionFacts("s", Map.of("a", most + "x")), BASE + 1, false))
                .withMessage("a fact of 65536 bytes; the most is 65535");
        assertThat(frames.lengthBytes()).isEqualTo(before);
        frames.event(Event.of("after", 1).build(), BASE + 1, false);
        EventFrame view = new EventFrame();
        frames.readEvent(before, view);
        assertThat(view.sessionId()).isEqualTo("after");
    }

    @Test
    void memoryGrowsWithWhatIsLaidAndKeepsIt() {
        Event large = Event.of("s", 0).payload("x".repeat(3 << 20)).build();
        frames.event(PLAIN, BASE, true);
        int second = frames.lengthBytes();
        frames.event(large, BASE + 1, true);
        int third = frames.lengthBytes();
        frames.event(large, BASE + 2, true);
        EventFrame view = new EventFrame();
        for (int start : new int[] {0, second, third}) {
            frames.readEvent(start, view);
            assertThat(view.toEvent()).isEqualTo(start == 0 ? PLAIN : large);
        }
        frames.begin(HEADER, FIRST);
        assertThat(frames.lengthBytes()).isZero();
        frames.event(PLAIN, BASE, false);
        frames.readEvent(0, view);
        assertThat(view.toEvent()).isEqualTo(PLAIN);
    }

    @Test
    void marksLossesAndCopiesFindRoomHoweverManyTheyAre() {
        int many = 10_000;
        frames.event(Event.of("s", 0).payload("x".repeat(100_000)).build(), BASE, false);
        MemorySegment file = file();
        FrameCursor large = cursor(file);
        assertThat(large.moveTo(FIRST, file.byteSize())).isTrue();
        areFound(FrameType.CLOSE, many, writer -> writer.mark(FrameType.CLOSE, BASE));
        areFound(FrameType.LOST, many, writer -> writer.lost(BASE, 1));
        areFound(FrameType.EVENT, 2, writer -> writer.copy(large, BASE));
    }

    private static void areFound(FrameType type, int count, Consumer<FrameWriter> lay) {
        FrameWriter writer = new FrameWriter();
        writer.begin(HEADER, FIRST);
        for (int i = 0; i < count; i++) {
            lay.accept(writer);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) writer.position());
        bytes.put(FIRST, writer.written(), 0, writer.lengthBytes());
        FrameCursor frame = cursor(MemorySegment.ofBuffer(bytes));
        long at = FIRST;
        for (int i = 0; i < count; i++) {
            assertThat(frame.moveTo(at, bytes.capacity())).isTrue();
            assertThat(frame.type()).isEqualTo(type);
            at = frame.next();
        }
        assertThat(at).isEqualTo(writer.position());
    }

    @Test
    void nothingOfWhatWasTakenBackIsLeftBesideAFrame() {
        frames.event(Event.of("s", 0).payload("x".repeat(200)).build(), BASE, false);
        frames.rewindTo(0);
        frames.event(PLAIN, BASE, false);
        FrameCursor frame = cursor(file());
        assertThat(frame.moveTo(FIRST, frames.position())).isTrue();
        long end = frame.bodyPosition() + frame.bodyLength();
        assertThat(frame.next()).as("a frame that is padded").isGreaterThan(end);
        assertThat(file().asSlice(end, frame.next() - end).toArray(Bytes.U8)).containsOnly(0);
    }

    @Test
    void asManyFactsAsCanBeCountedAreTakenAtOnce() {
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i < 0xFFFF; i++) {
            facts.put(Integer.toString(i), "");
        }
        SessionFacts most = new SessionFacts("s", facts);
        frames.facts(most, BASE, false);
        MemorySegment file = file();
        FrameCursor frame = cursor(file);
        assertThat(frame.moveTo(FIRST, file.byteSize())).isTrue();
        assertThat(FactsFrame.readFacts(frame.body())).contains(most);
        facts.put("one more", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.facts(new SessionFacts("s", facts), BASE, false))
                .withMessage("65536 facts at once; the most is 65535");
    }
}
