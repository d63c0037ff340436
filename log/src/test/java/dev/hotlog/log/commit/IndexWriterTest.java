// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.segment.IndexedSegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IndexWriterTest {
    private static final int MANY_EVENTS = IndexWriter.FEW_EVENTS + 1;

    @TempDir
    private Path folder;

    private FilledSegments segments;

    @BeforeEach
    void inFolder() {
        segments = new FilledSegments(folder);
    }

    @Test
    void anIndexIsWrittenAllTheSameWhenNoThreadIsToBeHad() throws LogException {
        IndexedSegment filled = segments.of(MANY_EVENTS);
        IndexWriter writer = new IndexWriter(new NoThreads());
        writer.write(filled);
        writer.await();
        assertWritten(filled);
    }

    @Test
    void onlyTheIndexOfManyEventsTakesAThread() throws LogException {
        Threads threads = new Threads();
        IndexWriter writer = new IndexWriter(threads);
        IndexedSegment few = segments.of(IndexWriter.FEW_EVENTS);
        writer.write(few);
        assertThat(threads.made).isEmpty();
        assertWritten(few);
        IndexedSegment many = segments.of(MANY_EVENTS);
        writer.write(many);
        writer.await();
        assertThat(threads.made).hasSize(1);
        assertThat(segments.writers()).containsExactly(Thread.currentThread(), threads.made.getFirst());
        assertWritten(many);
    }

    @Test
    void anIndexIsNotWrittenBeforeTheOneBeforeItIs() throws LogException {
        Thread committer = Thread.currentThread();
        Threads threads = new Threads() {
            @Override
            void before() {
                // Goes on when it is waited for, or too late.
                while (committer.getState() != Thread.State.WAITING && made.size() < 2) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public Thread newThread(Runnable work) {
                assertThat(made).noneMatch(Thread::isAlive);
                return super.newThread(work);
            }
        };
        IndexWriter writer = new IndexWriter(threads);
        IndexedSegment first = segments.of(MANY_EVENTS);
        IndexedSegment next = segments.of(MANY_EVENTS);
        writer.write(first);
        writer.write(next);
        writer.await();
        assertThat(threads.made).hasSize(2);
        assertWritten(next);
    }

    @Test
    void anInterruptMakesTheWaitNoShorterAndIsNotForgotten() {
        Thread waiting = Thread.currentThread();
        Thread writing = Thread.ofPlatform().start(() -> {
            while (waiting.getState() != Thread.State.WAITING || waiting.isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        waiting.interrupt();
        IndexWriter.await(writing);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(writing.isAlive()).isFalse();
    }

    private static class Threads implements ThreadFactory {
        final List<Thread> made = new ArrayList<>();

        /// Called by each thread before it works.
        void before() {}

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(() -> {
                before();
                work.run();
            });
            made.add(thread);
            return thread;
        }
    }

    private static void assertWritten(IndexedSegment filled) {
        assertThat(filled.<Object>ask(index -> index)).isInstanceOf(SealedIndex.class);
    }
}
