// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What verify says of each sort of damage: where it begins, how long it is, and whose events it costs.
class VerifyReportTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final int OF_SEGMENT = EVENTS / 3;
    /// How many zeros the segments of that log end with.
    private static final int SPACE = 64;
    /// Not each byte of an index is changed, but some of every field and block.
    private static final int STEP = 7;

    private static String index(int number) {
        return SegmentName.index(LOG.headers().get(number).base());
    }

    private static VerifyReport verified(DiskImage image) throws LogException {
        return HotLogReader.verify(new FaultyStorage(image), _ -> {});
    }

    private interface Change {
        void to(byte[] bytes);
    }

    private static DiskImage changed(DiskImage image, String file, Change change) {
        byte[] bytes = image.bytes(file).clone();
        change.to(bytes);
        return image.with(file, bytes);
    }

    /// With a flipped bit in the payload of that event.
    private static DiskImage flipped(DiskImage image, int offset) {
        return changed(
                image,
                LOG.segment(offset / OF_SEGMENT),
                bytes -> bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"i\":" + offset + "}")] ^= 1);
    }

    private static Damage noneLost(String problem, String file, long position, long lengthBytes) {
        return new Damage(problem, file, position, lengthBytes, -1, 0);
    }

    @Test
    void aSoundLogIsCountedWhole() throws LogException {
        long bytes = LOG.closed().files().entrySet().stream()
                .filter(file ->
                        file.getKey().endsWith(".hotlog") || file.getKey().endsWith(".idx"))
                .mapToLong(file -> file.getValue().length)
                .sum();
        assertThat(verified(LOG.closed()))
                .isEqualTo(new VerifyReport(List.of(), List.of(), 0, "", 0, 3, bytes, EVENTS, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aHeaderOfWhichOneCopyIsDamagedIsToldFromWhereItIsOther(int number) throws LogException {
        String file = LOG.segment(number);
        for (int position : new int[] {0, 20, 512, 540}) {
            assertThat(verified(changed(LOG.closed(), file, bytes -> bytes[position] ^= 1))
                            .damage())
                    .containsExactly(noneLost(
                            "one of the header's two copies cannot be read",
                            file,
                            position,
                            SegmentHeader.FIRST_FRAME - position));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void bytesBesideTheHeaderAreTold(int number) throws LogException {
        String file = LOG.segment(number);
        for (int position : new int[] {100, SegmentHeader.FIRST_FRAME - 1}) {
            assertThat(verified(changed(LOG.closed(), file, bytes -> bytes[position] = 1))
                            .damage())
                    .containsExactly(noneLost(
                            "bytes beside the header that should be zero",
                            file,
                            position,
                            SegmentHeader.FIRST_FRAME - position));
        }
    }

    @Test
    void bytesBehindASealAreToldFromTheFirstToTheLastThatIsNotZero() throws LogException {
        String file = LOG.segment(0);
        int size = LOG.closed().bytes(file).length;
        for (int first : new int[] {size - SPACE, size - 20, size - 1}) {
            for (int last : new int[] {first, size - 1}) {
                DiskImage image = changed(LOG.closed(), file, bytes -> {
                    bytes[first] = 1;
                    bytes[last] = 1;
                });
                assertThat(verified(image).damage())
                        .containsExactly(
                                noneLost("bytes in space that should be unwritten", file, first, last + 1L - first));
            }
        }
    }

    @Test
    void anIndexTellsWhoseEventADamagedFrameWas() throws LogException {
        VerifyReport report = verified(flipped(flipped(LOG.closed(), 3), 5));
        assertThat(report.damage()).hasSize(2).allSatisfy(damage -> {
            assertThat(damage.file()).isEqualTo(LOG.segment(0));
            assertThat(damage.lostEvents()).isOne();
        });
        assertThat(report.losses()).containsExactly(new SessionLoss("s-0", 1), new SessionLoss("s-2", 1));
        assertThat(report.events()).isEqualTo(EVENTS - 2);
    }

    @Test
    void whereFramesAreDamagedADamagedIndexIsToldTooAndNotBelieved() throws LogException {
        DiskImage damaged = flipped(LOG.closed(), 3);
        int size = LOG.closed().bytes(index(0)).length;
        int told = 0;
        for (int i = 0; i < size; i += STEP) {
            int position = i;
            VerifyReport report = verified(changed(damaged, index(0), bytes -> bytes[position] ^= 1));
            List<Damage> ofIndex = report.damage().stream()
                    .filter(damage -> damage.file().equals(index(0)))
                    .toList();
            assertThat(report.damage()).hasSize(1 + ofIndex.size());
            if (!ofIndex.isEmpty()) {
                told++;
                assertThat(ofIndex).singleElement().satisfies(damage -> {
                    assertThat(damage.problem()).startsWith("the index: ");
                    assertThat(damage.position()).isBetween(0L, (long) position);
                    assertThat(damage.position() + damage.lengthBytes()).isEqualTo(size);
                });
                assertThat(report.losses()).as("byte %d", i).isEmpty();
            }
        }
        assertThat(told).isGreaterThan(size / STEP / 2);
    }

    @Test
    void whereFramesAreDamagedAnIndexThatLacksAReadableEventIsTold() throws LogException {
        FaultyStorage lacking = new FaultyStorage(flipped(LOG.closed(), 5));
        SegmentFile file = SegmentFile.open(lacking, LOG.segment(0));
        SegmentWalk.Stretch all = new SegmentWalk.Stretch(
                SegmentHeader.FIRST_FRAME,
                0,
                LOG.headers().get(1).previousEnd(),
                LOG.headers().get(1).base());
        IndexFile.write(lacking, file, IndexFile.build(file, all, _ -> {}));
        byte[] index = lacking.image().bytes(index(0));
        VerifyReport report = verified(flipped(LOG.closed(), 3).with(index(0), index));
        assertThat(report.damage())
                .hasSize(2)
                .contains(noneLost("the index: it does not find the event at offset 5", index(0), 0, index.length));
        assertThat(report.losses()).as("whose event 3 was, which it knows").isEmpty();
        // Of the segment that the index was made of, it lacks nothing that can be read.
        assertThat(verified(lacking.image()).damage())
                .singleElement()
                .satisfies(damage -> assertThat(damage.file()).isEqualTo(LOG.segment(0)));
    }

    @Test
    void ofAMissingSegmentOnlyItsOwnSoundIndexIsBelieved() throws LogException {
        DiskImage missing = LOG.closed().without(LOG.segment(1));
        assertThat(verified(missing).losses()).hasSize(3);
        assertThat(verified(missing.with(index(1), LOG.closed().bytes(index(0))))
                        .losses())
                .isEmpty();
        int size = LOG.closed().bytes(index(1)).length;
        for (int i = 0; i < size; i += STEP) {
            int position = i;
            assertThat(verified(changed(missing, index(1), bytes -> bytes[position] ^= 1))
                            .losses())
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void aTornEndIsToldWithItsPlace() throws LogException {
        String last = LOG.segment(2);
        int size = LOG.killed().bytes(last).length;
        VerifyReport report = verified(changed(LOG.killed(), last, bytes -> bytes[size - 1] = 1));
        assertThat(report.damage()).isEmpty();
        assertThat(report.isSound()).isFalse();
        assertThat(report.tornFile()).isEqualTo(last);
        assertThat(report.tornBytes()).isEqualTo(SPACE);
        assertThat(report.tornPosition()).isEqualTo(size - SPACE);
    }

    @Test
    void aLastSegmentOfWhichNothingCanBeReadCostsThatOneAlone() throws LogException {
        byte[] diary = "Dear diary, ".repeat(200).getBytes(StandardCharsets.UTF_8);
        VerifyReport report = verified(flipped(LOG.closed(), 3).with(LOG.segment(2), diary));
        assertThat(report.events()).isEqualTo(2 * OF_SEGMENT - 1);
        assertThat(report.segments()).isEqualTo(3);
        assertThat(report.damage()).extracting(Damage::file).containsExactly(LOG.segment(0), LOG.segment(2));
    }

    @Test
    void aLastSegmentThatIsMissingIsTold() throws LogException {
        VerifyReport report = verified(LOG.closed().without(LOG.segment(2)));
        assertThat(report.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(LOG.segment(1));
            assertThat(damage.problem()).isEqualTo("the segment behind this one, " + LOG.segment(2) + ", is missing");
        });
        assertThat(report.losses()).isEmpty();
    }

    @Test
    void ofTheLastWriteOnlyPublishedTellsThatItWasOnDisk() throws LogException {
        String last = LOG.segment(2);
        DiskImage broken = flipped(LOG.killed(), EVENTS - 1);
        VerifyReport known = verified(broken);
        assertThat(known.tornBytes()).isZero();
        assertThat(known.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(last);
            assertThat(damage.firstOffset()).isEqualTo(EVENTS - 1);
        });
        VerifyReport unknown = verified(broken.without(Published.NAME));
        assertThat(unknown.damage()).isEmpty();
        assertThat(unknown.tornFile()).isEqualTo(last);
    }

    @Test
    void aLogWhoseOnlySegmentCannotBeReadIsDamaged() throws LogException {
        VerifyReport report = verified(DiskImage.EMPTY.with(LOG.segment(0), new byte[SegmentHeader.FIRST_FRAME]));
        assertThat(report.segments()).isOne();
        assertThat(report.events()).isZero();
        assertThat(report.damage())
                .containsExactly(new Damage(
                        "the segment's header cannot be read",
                        LOG.segment(0),
                        0,
                        SegmentHeader.FIRST_FRAME,
                        0,
                        Damage.UNKNOWN));
    }

    @Test
    void aFolderWithoutALogIsToldWithItsName() {
        assertThatThrownBy(() -> verified(DiskImage.EMPTY))
                .isInstanceOf(LogException.Missing.class)
                .hasMessageContaining(new FaultyStorage().directory().toString());
    }
}
