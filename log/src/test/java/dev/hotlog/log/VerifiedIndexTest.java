// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What verify makes of an index of several blocks, of one that covers a part of its segment, and of either where
/// frames
/// are damaged too.
class VerifiedIndexTest {
    private static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
    /// Of each of the two segments.
    private static final int EVENTS = 40;

    private static final int EVENT_BYTES = 1 << 10;
    private static final int BLOCK_BYTES = 4 << 10;
    private static final String FIRST = SegmentName.segment(0);
    private static final String LAST = SegmentName.segment(EVENTS);
    private static final String FIRST_INDEX = SegmentName.index(0);
    private static final String LAST_INDEX = SegmentName.index(EVENTS);
    private static final String STATE = "0123456789".repeat(2_000);
    private static final int PART = EVENTS + EVENTS / 2;

    private static final DiskImage LOG = log();

    private static DiskImage log() {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = HotLog.open(storage, OPTIONS, InstantSource.system())) {
            SessionFacts planned = new SessionFacts("planned", Map.of(SessionFacts.TITLE, "not begun yet"));
            log.append(new Batch(events(0), List.of(planned), List.of(new Cursor("source", STATE))), Durability.FORCED);
            log.append(Batch.of(events(EVENTS)), Durability.FORCED);
        } catch (LogException e) {
            throw new UncheckedIOException(e);
        }
        return storage.image();
    }

    private static List<Event> events(int from) {
        List<Event> events = new ArrayList<>();
        for (int offset = from; offset < from + EVENTS; offset++) {
            events.add(event(offset));
        }
        return events;
    }

    private static String session(int offset) {
        return "s-" + offset % 2;
    }

    private static Event event(int offset) {
        return Events.event(session(offset), offset, EVENT_BYTES);
    }

    private static int find(byte[] bytes, String text) {
        int found = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(found).isNotNegative();
        return found;
    }

    private static DiskImage flipped(DiskImage image, String file, int position) {
        byte[] bytes = image.bytes(file).clone();
        bytes[position] ^= 1;
        return image.with(file, bytes);
    }

    /// With a flipped bit in the payload of that event.
    private static DiskImage flipped(DiskImage image, int offset) {
        String file = offset < EVENTS ? FIRST : LAST;
        String payload = event(offset).payload().toString();
        return flipped(image, file, find(image.bytes(file), payload) + payload.length() / 2);
    }

    /// Where an index lies that holds nothing but the state of a cursor, which no look-up of an event needs.
    private static int inTheCursor(byte[] index) {
        return find(index, STATE) + STATE.length() / 2;
    }

    /// With an index of the last segment up to the event at [#PART].
    private static DiskImage withPartOfTheLast() throws LogException {
        FaultyStorage storage = new FaultyStorage(LOG);
        SegmentFile file = SegmentFile.open(storage, LAST);
        SegmentWalk walk = new SegmentWalk(file, stretch(file, file.sizeBytes(), SegmentWalk.Stretch.UNKNOWN), _ -> {});
        do {
            assertThat(walk.advance()).isTrue();
        } while (walk.offset() < PART);
        SegmentWalk.Stretch part = stretch(file, walk.frame().position(), PART);
        IndexFile.write(storage, file, IndexFile.build(file, part, _ -> {}));
        return storage.image();
    }

    private static SegmentWalk.Stretch stretch(SegmentFile file, long end, long endOffset) {
        return new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, file.base(), end, endOffset);
    }

    private static VerifyReport verified(DiskImage image) throws LogException {
        return HotLogReader.verify(new FaultyStorage(image), _ -> {});
    }

    private static List<Damage> ofFile(VerifyReport report, String file) {
        return report.damage().stream()
                .filter(damage -> damage.file().equals(file))
                .toList();
    }

    @Test
    void anIndexOfAPartOfTheLastSegmentIsSound() throws LogException {
        assertThat(verified(withPartOfTheLast()).isSound()).isTrue();
    }

    @Test
    void anIndexOfAPartOfTheLastSegmentIsComparedWithThatPart() throws LogException {
        DiskImage image = withPartOfTheLast();
        int size = image.bytes(LAST_INDEX).length;
        for (int position : new int[] {size / 2, size - 1}) {
            assertThat(verified(flipped(image, LAST_INDEX, position)).damage())
                    .containsExactly(new Damage(
                            "the index: it does not say what the segment says",
                            LAST_INDEX,
                            position,
                            size - position,
                            -1,
                            0));
        }
    }

    @Test
    void anIndexOfAPartTellsWhoseEventsAreLostThereAndLacksNoneBehindIt() throws LogException {
        DiskImage image = withPartOfTheLast();
        VerifyReport within = verified(flipped(image, PART - 3));
        assertThat(within.damage()).extracting(Damage::file).containsExactly(LAST);
        assertThat(within.losses()).containsExactly(new SessionLoss(session(PART - 3), 1));
        VerifyReport behind = verified(flipped(image, PART + 3));
        assertThat(behind.damage()).extracting(Damage::file).containsExactly(LAST);
        assertThat(behind.losses()).isEmpty();
    }

    @Test
    void damageOfAPartialIndexIsToldOnceWhenFramesBehindItAreDamagedToo() throws LogException {
        DiskImage image = withPartOfTheLast();
        int size = image.bytes(LAST_INDEX).length;
        assertThat(ofFile(verified(flipped(flipped(image, LAST_INDEX, size - 1), PART + 3)), LAST_INDEX))
                .hasSize(1);
    }

    @Test
    void anIndexThatIsCutShortIsTold() throws LogException {
        byte[] index = LOG.bytes(FIRST_INDEX);
        for (int length : new int[] {1, 200, index.length / 2, index.length - 1}) {
            byte[] cut = new byte[length];
            System.arraycopy(index, 0, cut, 0, length);
            assertThat(verified(LOG.with(FIRST_INDEX, cut)).damage())
                    .singleElement()
                    .satisfies(damage -> {
                        assertThat(damage.file()).isEqualTo(FIRST_INDEX);
                        assertThat(damage.problem()).startsWith("the index: an index of " + length + " bytes");
                        assertThat(damage.lengthBytes()).isEqualTo(length);
                    });
        }
    }

    @Test
    void aDamagedHeaderKeepsNoIndexFromBeingComparedByteForByte() throws LogException {
        int position = inTheCursor(LOG.bytes(FIRST_INDEX));
        VerifyReport report = verified(flipped(flipped(LOG, FIRST_INDEX, position), FIRST, 0));
        assertThat(report.damage()).hasSize(2);
        assertThat(ofFile(report, FIRST_INDEX))
                .singleElement()
                .satisfies(damage -> assertThat(damage.position()).isEqualTo(position));
    }

    @Test
    void whereTheFirstFrameIsDamagedTheIndexTellsWhoseItWas() throws LogException {
        VerifyReport report = verified(flipped(LOG, 0));
        assertThat(report.damage()).extracting(Damage::file).containsExactly(FIRST);
        assertThat(report.losses()).containsExactly(new SessionLoss(session(0), 1));
    }

    @Test
    void whereFramesAreDamagedEachBlockOfTheIndexIsChecked() throws LogException {
        int size = LOG.bytes(FIRST_INDEX).length;
        int position = inTheCursor(LOG.bytes(FIRST_INDEX));
        VerifyReport report = verified(flipped(flipped(LOG, FIRST_INDEX, position), 3));
        assertThat(ofFile(report, FIRST_INDEX)).singleElement().satisfies(damage -> {
            assertThat(damage.position()).isEqualTo(position - position % BLOCK_BYTES);
            assertThat(damage.lengthBytes()).isEqualTo(size - damage.position());
        });
        assertThat(report.losses()).as("told by an index that is damaged").isEmpty();
    }

    @Test
    void ofASegmentOfWhichNothingIsLeftTheIndexTellsOfSessionsThatHadEvents() throws LogException {
        DiskImage lost = LOG.with(FIRST, new byte[SegmentHeader.FIRST_FRAME]);
        assertThat(verified(lost).losses())
                .containsExactly(new SessionLoss("s-0", EVENTS / 2), new SessionLoss("s-1", EVENTS / 2));
        assertThat(verified(flipped(lost, FIRST_INDEX, inTheCursor(LOG.bytes(FIRST_INDEX))))
                        .losses())
                .as("told by an index that is damaged")
                .isEmpty();
    }
}
