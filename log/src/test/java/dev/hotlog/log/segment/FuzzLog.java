// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A log of three small segments with something of everything, byte for byte the same at every run: what fuzz
/// tests change. Inputs of a fuzzer that are kept count on that, so it stays as it is.
public final class FuzzLog {
    /// Told of each session.
    public static final String TITLE = "a title";
    /// What the one cursor was at, one after the other.
    public static final List<String> STATES = List.of("one", "two");

    public static final String SOURCE = "file:a";

    private static final UUID ID = new UUID(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L);
    private static final int EVENTS = 8;
    private static final long ANY_DAY = 1_767_225_600_000L;

    private final FaultyStorage storage = new FaultyStorage();
    private final List<Event> events = new ArrayList<>();
    private final List<SegmentHeader> headers = new ArrayList<>();
    private final FrameWriter frames = new FrameWriter();
    private final DiskImage closed;
    private final DiskImage killed;

    /// Builds it.
    public FuzzLog() {
        try {
            fill(header(0, 0));
            long end = seal();
            fill(header(1, end));
            end = seal();
            fill(header(2, end));
            end = frames.position();
            write(headers.getLast());
            publish(end, false);
            killed = DeadWriter.bury(storage.image());
            mark(FrameType.CLOSE);
            publish(end, true);
            closed = storage.image();
        } catch (LogException e) {
            throw new AssertionError(e);
        }
    }

    private static final long FIRST = SegmentHeader.FIRST_FRAME;

    private SegmentHeader header(int number, long previousEnd) {
        SegmentHeader header =
                new SegmentHeader(ID, number * (long) EVENTS, number + 1, ANY_DAY + number, number, previousEnd);
        headers.add(header);
        return header;
    }

    private void fill(SegmentHeader header) throws LogException {
        frames.begin(header, FIRST);
        for (int i = 0; i < EVENTS; i++) {
            Event event = event((int) header.base() + i);
            frames.event(event, events.size(), i % 4 == 0);
            events.add(event);
            if (i == 4) {
                frames.facts(new SessionFacts("s-1", Map.of(SessionFacts.TITLE, TITLE)), events.size(), true);
                frames.cursor(new Cursor(SOURCE, STATES.get((int) (header.epoch() % 2))), events.size(), false);
            }
            if (i % 3 == 2) {
                write(header);
            }
        }
    }

    private static Event event(int i) {
        Event.Builder event = Event.of("s-" + i % 3, i % 7 == 6 ? i + 1_000 : i)
                .ts(ANY_DAY + i * 600_000L, i % 2 == 0)
                .kind(i % 5 == 4 ? new Kind("approval") : Kind.KNOWN.get(i % 7))
                .source(Source.KNOWN.get(i % 3))
                .payload("{\"i\":" + i + "}");
        if (i % 3 == 1) {
            event.model("opus").tool("Bash").toolCallId("t" + i).measure(Measure.TOKENS_OUT, i);
            event.measure(Measure.COST_USD_E6, -i);
        }
        return event.build();
    }

    private long seal() throws LogException {
        SegmentHeader header = headers.getLast();
        long end = frames.position();
        write(header);
        mark(FrameType.SEAL);
        SegmentFile file = SegmentFile.open(storage, SegmentName.segment(header.base()));
        SegmentWalk.Stretch whole = new SegmentWalk.Stretch(FIRST, header.base(), end, events.size());
        IndexFile.write(storage, file, IndexFile.build(file, whole, damage -> {
            throw new AssertionError(damage);
        }));
        return end;
    }

    private void mark(FrameType type) throws LogException {
        frames.mark(type, events.size());
        write(headers.getLast());
    }

    /// Each write begins where the one before ended, as the committer's do.
    private void write(SegmentHeader header) throws LogException {
        String name = SegmentName.segment(header.base());
        boolean exists = storage.list().contains(name);
        try (StoredFile file = exists ? storage.open(name) : storage.create(name)) {
            file.write(header.toBytes(), 0);
            file.write(frames.written(), frames.position() - frames.lengthBytes());
            file.write(ByteBuffer.allocate(64), frames.position());
        }
        frames.begin(header, frames.position());
    }

    private void publish(long end, boolean asClosed) throws LogException {
        SegmentHeader header = headers.getLast();
        try (Published.File file = Published.File.open(storage)) {
            if (asClosed) {
                file.writeClosed(header.base(), header.epoch(), end, events.size());
            } else {
                file.write(header.base(), header.epoch(), end, events.size());
            }
        }
    }

    /// As its writer left it when it closed it.
    public DiskImage closed() {
        return closed;
    }

    /// As a writer left it that was killed with everything on disk.
    public DiskImage killed() {
        return killed;
    }

    /// What was appended, by offset.
    public List<Event> events() {
        return List.copyOf(events);
    }

    /// Of each segment, in order.
    public List<SegmentHeader> headers() {
        return List.copyOf(headers);
    }

    /// The name of the segment of that number, from 0.
    public String segment(int number) {
        return SegmentName.segment(headers.get(number).base());
    }

    /// Reads every field of an event.
    public static Event read(EventFrame frame) {
        frame.modelSpan();
        frame.toolSpan();
        frame.stopReasonSpan();
        return frame.toEvent();
    }
}
