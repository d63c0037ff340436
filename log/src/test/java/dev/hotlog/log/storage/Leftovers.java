// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/// The disks that a power cut at one moment may leave, the same one perhaps more than once. When they are few, all of
/// them; else those with nothing lost, all lost, one thing lost, one thing kept, those of a disk that wrote in order or
/// backwards, and after them any.
public final class Leftovers implements Iterator<DiskImage> {
    private final SimulatedDisk disk;
    private final Random random;
    private final Iterator<Chooser> planned;
    private int left;

    /// @param most how many disks to give
    public Leftovers(SimulatedDisk disk, int most, Random random) {
        this.disk = disk;
        this.random = random;
        this.left = most;
        Questions questions = Questions.of(disk);
        this.planned = questions.combinations() <= most
                ? new Odometer()
                : patterns(questions.count()).iterator();
    }

    /// What a power cut is asked, when everything is kept.
    private record Questions(int count, long combinations) {
        static Questions of(SimulatedDisk disk) {
            Counting counting = new Counting();
            disk.crashed(counting);
            return new Questions(counting.count, counting.combinations);
        }
    }

    private static final class Counting implements Chooser {
        private int count;
        private long combinations = 1;

        @Override
        public int choose(int outcomes) {
            count++;
            combinations = Math.min(combinations * outcomes, Integer.MAX_VALUE);
            return outcomes - 1;
        }

        @Override
        public int tear(int bytes) {
            combinations = Math.min(combinations * bytes, Integer.MAX_VALUE);
            return bytes;
        }
    }

    private static List<Chooser> patterns(int questions) {
        List<Chooser> patterns = new ArrayList<>(List.of(Chooser.oldest(), Chooser.newest()));
        for (int i = 0; i < questions; i++) {
            patterns.add(one(i, Chooser.oldest(), Chooser.newest()));
            patterns.add(one(i, Chooser.newest(), Chooser.oldest()));
            patterns.add(Chooser.first(i, Chooser.newest(), Chooser.oldest()));
            patterns.add(Chooser.first(i, Chooser.oldest(), Chooser.newest()));
        }
        return patterns;
    }

    /// One question is answered one way, all others another.
    private static Chooser one(int question, Chooser its, Chooser others) {
        return Chooser.first(question, others, Chooser.first(1, its, others));
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public DiskImage next() {
        if (left == 0) {
            throw new NoSuchElementException();
        }
        left--;
        return disk.crashed(planned.hasNext() ? planned.next() : Chooser.random(random.nextLong()));
    }

    /// Goes through all answers to all questions, the last one fastest.
    private static final class Odometer implements Iterator<Chooser> {
        private final List<Integer> answers = new ArrayList<>();
        private final List<Integer> outcomes = new ArrayList<>();
        private boolean begun;

        @Override
        public boolean hasNext() {
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) + 1 < outcomes.get(i)) {
                    return true;
                }
            }
            return !begun;
        }

        @Override
        public Chooser next() {
            while (!answers.isEmpty() && answers.getLast() + 1 == outcomes.getLast()) {
                answers.removeLast();
                outcomes.removeLast();
            }
            if (answers.isEmpty() && begun) {
                throw new NoSuchElementException();
            }
            if (!answers.isEmpty()) {
                answers.addLast(answers.removeLast() + 1);
            }
            begun = true;
            return new Answers();
        }

        private final class Answers implements Chooser {
            private int asked;

            @Override
            public int choose(int of) {
                if (asked == answers.size()) {
                    answers.add(0);
                    outcomes.add(of);
                }
                return answers.get(asked++);
            }

            @Override
            public int tear(int bytes) {
                return 1 + choose(bytes);
            }
        }
    }
}
