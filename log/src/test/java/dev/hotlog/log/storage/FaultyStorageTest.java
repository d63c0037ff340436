// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Faults.Fault;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the crash tests build on: the simulated disk loses what a disk may lose, and nothing else.
class FaultyStorageTest {
    private final FaultyStorage storage = new FaultyStorage(new SimulatedDisk(DiskImage.EMPTY, 1));

    private static void write(StoredFile file, String text, long position) throws LogException {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), position);
    }

    private StoredFile made(String name, String text) throws LogException {
        StoredFile file = storage.create(name);
        write(file, text, 0);
        file.force();
        storage.forceDirectory();
        return file;
    }

    /// Every disk that a power cut may leave now, each told as its files.
    private Set<String> all() {
        Set<String> disks = new TreeSet<>();
        AllAnswers answers = new AllAnswers();
        do {
            StringBuilder told = new StringBuilder();
            storage.disk()
                    .crashed(answers)
                    .files()
                    .forEach((name, bytes) -> told.append(name)
                            .append('=')
                            .append(new String(bytes, StandardCharsets.US_ASCII).replace('\0', '.'))
                            .append(' '));
            disks.add(told.toString().strip());
        } while (answers.next());
        return disks;
    }

    /// Goes through all answers to a fixed row of questions, like the wheels of a counter.
    private static final class AllAnswers implements Chooser {
        private final List<int[]> wheels = new ArrayList<>();
        private int asked;

        @Override
        public int choose(int outcomes) {
            if (asked == wheels.size()) {
                wheels.add(new int[] {0, outcomes});
            }
            return wheels.get(asked++)[0];
        }

        boolean next() {
            asked = 0;
            while (!wheels.isEmpty()) {
                int[] last = wheels.getLast();
                if (++last[0] < last[1]) {
                    return true;
                }
                wheels.removeLast();
            }
            return false;
        }
    }

    @Test
    void whatIsForcedStays() throws LogException {
        made("a", "abc");
        assertThat(all()).containsExactly("a=abc");
    }

    @Test
    void eachSectorThatIsNotForcedIsOldOrNew() throws LogException {
        StoredFile file = made("a", "abc");
        write(file, "BC", 1);
        assertThat(all()).containsExactlyInAnyOrder("a=abc", "a=aBc", "a=abC", "a=aBC");
    }

    @Test
    void ofTwoWritesToASectorAnyMayBeTheLast() throws LogException {
        StoredFile file = made("a", "a");
        write(file, "b", 0);
        write(file, "c", 0);
        assertThat(all()).containsExactlyInAnyOrder("a=a", "a=b", "a=c");
    }

    @Test
    void aFileThatGrowsIsOfAnyLengthAndMayHaveHolesOfZeros() throws LogException {
        StoredFile file = made("a", "a");
        write(file, "bc", 1);
        assertThat(all()).containsExactlyInAnyOrder("a=a", "a=a.", "a=ab", "a=a..", "a=ab.", "a=a.c", "a=abc");
    }

    @Test
    void aSectorMayBeTornButNoByteOutsideAWriteChanges() throws LogException {
        FaultyStorage large = new FaultyStorage(new SimulatedDisk(DiskImage.EMPTY, 4));
        StoredFile file = large.create("a");
        write(file, "abcd", 0);
        file.force();
        large.forceDirectory();
        write(file, "XYZ", 1);
        Set<String> left = new HashSet<>();
        for (int seed = 0; seed < 2_000; seed++) {
            left.add(new String(large.disk().crashed(Chooser.random(seed)).bytes("a"), StandardCharsets.US_ASCII));
        }
        assertThat(left).containsExactlyInAnyOrder("abcd", "aXcd", "aXYd", "aXYZ");
    }

    @Test
    void spaceThatAFileGrowsIntoMayShowWhatTheFileHadThatItReplaces() throws LogException {
        FaultyStorage recycling = new FaultyStorage(new SimulatedDisk(DiskImage.EMPTY, 2).recycling());
        StoredFile old = recycling.create("a");
        write(old, "abcdef", 0);
        old.force();
        recycling.forceDirectory();
        write(recycling.create("a.new"), "XYZW", 0);
        recycling.forceDirectory();
        Set<String> left = new HashSet<>();
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] bytes = recycling.disk().crashed(Chooser.random(seed)).bytes("a.new");
            left.add(new String(bytes, StandardCharsets.US_ASCII).replace('\0', '.'));
        }
        assertThat(left)
                .contains("abcd", "abZW", "XYcd", "..cd", "ab..", "XYZW")
                .allMatch(bytes -> bytes.matches("(|(XY|X\\.|\\.\\.|ab)(|ZW|Z\\.|\\.\\.|cd))"));
    }

    @Test
    void aFileUnderTwoNamesHasTheSameBytesUnderBoth() throws LogException {
        made("a", "12");
        StoredFile file = storage.create("b");
        write(file, "34", 0);
        storage.rename("b", "a");
        for (int seed = 0; seed < 500; seed++) {
            DiskImage left = storage.disk().crashed(Chooser.random(seed));
            if (left.files().size() == 2) {
                assertThat(left.bytes("a")).isIn(left.bytes("b"), new byte[] {'1', '2'});
            }
        }
    }

    @Test
    void namesAreThereOrNotUntilTheFolderIsForced() throws LogException {
        made("a", "1");
        made("b", "2");
        storage.delete("b");
        StoredFile file = storage.create("c");
        write(file, "3", 0);
        file.force();
        assertThat(all()).containsExactlyInAnyOrder("a=1", "a=1 b=2", "a=1 c=3", "a=1 b=2 c=3");
        storage.forceDirectory();
        assertThat(all()).containsExactly("a=1 c=3");
    }

    @Test
    void aRenameShowsTheOldTheNewOrBothNames() throws LogException {
        made("a", "1");
        made("b", "2");
        storage.rename("a", "b");
        assertThat(all()).containsExactlyInAnyOrder("a=1 b=2", "a=1 b=1", "b=1");
    }

    @Test
    void aFailedForceLeavesWhatNoLaterForceMendsWhileTheProcessSeesWhatItWrote() throws LogException {
        StoredFile file = made("a", "abcdefgh");
        write(file, "ABCDEFGH", 0);
        storage.faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
        assertThatThrownBy(file::force).isInstanceOf(LogException.Storage.class);
        assertThat(storage.map("a").toArray(ValueLayout.JAVA_BYTE))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("ABCDEFGH");
        Set<String> left = all();
        assertThat(left).hasSize(1).doesNotContain("a=ABCDEFGH");
        write(file, "ABCDEFGH", 0);
        file.force();
        assertThat(all()).isEqualTo(left);
        write(file, "i", 8);
        file.force();
        assertThat(all()).containsExactly(left.iterator().next() + "i");
    }

    @Test
    void aMapShowsLaterWritesAsLongAsItWas() throws LogException {
        StoredFile file = made("a", "abc");
        MemorySegment map = storage.map("a");
        write(file, "x".repeat(100_000), 3);
        write(file, "B", 1);
        assertThat(map.byteSize()).isEqualTo(3);
        assertThat(map.toArray(ValueLayout.JAVA_BYTE))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("aBc");
        assertThat(storage.map("a").byteSize()).isEqualTo(100_003);
    }

    @Test
    void aDeadProcessDoesNothingMoreAndTheNextSeesThePageCache() throws LogException {
        StoredFile file = made("a", "abc");
        write(file, "X", 0);
        FaultyStorage next = storage.killed();
        assertThatThrownBy(file::force).isInstanceOf(LogException.Storage.class);
        assertThatThrownBy(storage::list).isInstanceOf(LogException.Storage.class);
        assertThat(next.image().bytes("a")).asString(StandardCharsets.US_ASCII).isEqualTo("Xbc");
        assertThat(next.crashed(Chooser.oldest()).image().bytes("a"))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("abc");
    }

    @Test
    void aFullDiskTakesWhatFitsOfAWrite() throws LogException {
        StoredFile file = made("a", "abc");
        storage.room(5);
        assertThatThrownBy(() -> write(file, "defg", 3)).hasMessageContaining("No space left on device");
        assertThat(storage.image().bytes("a"))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("abcde");
        write(file, "ABCDE", 0);
        storage.room(100);
        write(file, "fg", 5);
        assertThat(storage.image().bytes("a"))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("ABCDEfg");
    }

    @Test
    void anOperationFailsOnceOrForEver() throws LogException {
        storage.faults().failOnce(2, Fault.IO_ERROR);
        storage.list();
        assertThatThrownBy(storage::list).hasMessageContaining("Input/output error");
        storage.list();
        storage.faults().failFrom(1, Fault.REFUSED);
        assertThatThrownBy(() -> storage.delete("a")).isInstanceOf(LogException.Storage.class);
        assertThatThrownBy(storage::list).isInstanceOf(LogException.Storage.class);
        storage.faults().clear();
        storage.list();
    }

    @Test
    void theTraceLeadsToTheSameDisk() throws LogException {
        StoredFile file = made("a", "abc");
        write(file, "XY", 1);
        storage.rename("a", "b");
        storage.create("c");
        SimulatedDisk again = new SimulatedDisk(DiskImage.EMPTY, 1);
        storage.trace().forEach(again::apply);
        for (int seed = 0; seed < 100; seed++) {
            assertThat(again.crashed(Chooser.random(seed)).fingerprint())
                    .isEqualTo(storage.disk().crashed(Chooser.random(seed)).fingerprint());
        }
    }
}
