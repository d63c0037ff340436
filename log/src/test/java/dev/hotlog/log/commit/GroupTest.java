// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.log.format.SegmentHeader;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final int MANY = 1 << 20;
    private static final long NOW = 0;

    private final Group group = new Group();

    @BeforeEach
    void begin() {
        group.begin(1);
        group.frames().begin(new SegmentHeader(UUID.randomUUID(), 0, 1, 0, 0, 0), SegmentHeader.FIRST_FRAME);
    }

    private void add(long seq) {
        group.frames().event(Event.of("s", seq).build(), seq, false);
        group.added(1, seq + 1);
    }

    @Test
    void aGroupIsFullOnceItHasSoManyBytesOrEvents() {
        add(0);
        add(1);
        int bytes = group.frames().lengthBytes();

        assertThat(group.isFull(new GroupRule(bytes + 1, 3, 0))).isFalse();
        assertThat(group.isFull(new GroupRule(bytes, 3, 0))).isTrue();
        assertThat(group.isFull(new GroupRule(bytes + 1, 2, 0))).isTrue();
    }

    @Test
    void aGroupWaitsFromItsFirstEventOn() {
        long before = System.nanoTime();
        add(0);
        long after = System.nanoTime();

        long wait = 1_000;
        GroupRule rule = new GroupRule(MANY, MANY, wait);
        assertThat(group.nanosLeft(rule, before)).isGreaterThanOrEqualTo(wait);
        assertThat(group.nanosLeft(rule, after)).isLessThanOrEqualTo(wait);
        long left = group.nanosLeft(rule, NOW);
        add(1);
        assertThat(group.nanosLeft(rule, NOW)).isEqualTo(left);
    }

    @Test
    void aGroupThatIsFullOrAskedForDoesNotWait() {
        add(0);
        long hour = 3_600_000_000_000L;
        assertThat(group.nanosLeft(new GroupRule(MANY, 1, hour), System.nanoTime()))
                .isZero();
        group.askForce();
        assertThat(group.nanosLeft(new GroupRule(MANY, MANY, hour), System.nanoTime()))
                .isZero();
    }

    @Test
    void aGroupThatBeginsAnewHasNothingOfTheOneBefore() {
        assertThat(group.isFresh()).isTrue();
        add(0);
        group.askForce();
        assertThat(group.isFresh()).isFalse();
        assertThat(group.isEmpty()).isFalse();
        assertThat(group.events()).isOne();

        group.begin(2);
        assertThat(group.isFresh()).isTrue();
        assertThat(group.isEmpty()).isTrue();
        assertThat(group.events()).isZero();
        assertThat(group.number()).isEqualTo(2);
        assertThat(group.nanosLeft(new GroupRule(MANY, MANY, Long.MAX_VALUE), System.nanoTime()))
                .isPositive();
    }
}
