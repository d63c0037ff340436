// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/// The disks that a power cut at one moment may leave, the same one perhaps more than once.
///
/// Of what was not forced, each sector, name and length is pending: it is there or not. When that makes few disks, all
/// of
/// them, with each state that a sector had in between; else, while few things are pending, all with each of them as it
/// was at first or at last; else those with nothing lost, all lost, one thing lost, one thing kept, those of a disk
/// that
/// wrote in order or backwards. After them samples of chance, in which sectors are torn too, and show what other files
/// left.
public final class Leftovers implements Iterator<DiskImage> {
    /// Of so many pending things all subsets are gone through, where nothing else is asked for: of ten sectors, a
    /// length
    /// and a name.
    public static final int FEW_PENDING = 12;

    private final SimulatedDisk disk;
    private final int fewPending;
    private final Random random;
    private final Iterator<Chooser> planned;
    private int samples;

    /// @param fewPending of how many pending things all subsets are gone through
    /// @param samples how many disks of chance to give at most, after those that are gone through
    public Leftovers(SimulatedDisk disk, int fewPending, int samples, Random random) {
        this.disk = disk;
        this.fewPending = fewPending;
        this.random = random;
        Questions questions = Questions.of(disk);
        this.samples = questions.isAny() ? samples : 0;
        this.planned = planned(questions);
    }

    private Iterator<Chooser> planned(Questions questions) {
        int fewDisks = 1 << fewPending;
        if (questions.combinations <= fewDisks) {
            return new Odometer(fewDisks);
        }
        return questions.count <= fewPending
                ? new Odometer(2)
                : patterns(questions.count).iterator();
    }

    /// What a power cut is asked, when everything is kept, and when nothing is.
    ///
    /// @param combinations of what is there and what is not, without tears
    /// @param isAny whether different disks may be left at all
    private record Questions(int count, long combinations, boolean isAny) {
        static Questions of(SimulatedDisk disk) {
            Counting newest = new Counting(true);
            disk.crashed(newest);
            Counting oldest = new Counting(false);
            disk.crashed(oldest);
            return new Questions(newest.count, newest.combinations, newest.any || oldest.any);
        }
    }

    private static final class Counting implements Chooser {
        private final boolean keeps;
        private int count;
        private long combinations = 1;
        private boolean any;

        Counting(boolean keeps) {
            this.keeps = keeps;
        }

        @Override
        public int choose(int outcomes) {
            count++;
            combinations = Math.min(combinations * outcomes, Integer.MAX_VALUE);
            any = true;
            return keeps ? outcomes - 1 : 0;
        }

        @Override
        public boolean stale() {
            any = true;
            return false;
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
        return planned.hasNext() || samples > 0;
    }

    @Override
    public DiskImage next() {
        if (planned.hasNext()) {
            return disk.crashed(planned.next());
        }
        if (samples == 0) {
            throw new NoSuchElementException();
        }
        samples--;
        return disk.crashed(Chooser.random(random.nextLong()));
    }

    /// Goes through all answers to all questions, the last one fastest. Of a question with more answers than are wanted
    /// it
    /// takes the first and the last.
    private static final class Odometer implements Iterator<Chooser> {
        private final int most;
        private final List<Integer> answers = new ArrayList<>();
        private final List<Integer> outcomes = new ArrayList<>();
        private boolean begun;

        Odometer(int most) {
            this.most = most;
        }

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
                int given = of <= most ? of : 2;
                if (asked == answers.size()) {
                    answers.add(0);
                    outcomes.add(given);
                }
                int answer = answers.get(asked++);
                return answer == given - 1 ? of - 1 : answer;
            }
        }
    }
}
