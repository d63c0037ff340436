// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers appended events, in their order, each as soon as it is on disk.
///
/// One thread appends and tells what to expect; this one's own thread waits for the disk and prints. The queue
/// between them is bounded, so that a fast producer waits for the disk.
final class Acknowledger implements AutoCloseable {
    private static final int MAX_WAITING = 4096;
    private static final Answer END = new Answer("", 0, -1, false);

    private final HotLog log;
    private final Page page;
    private final BlockingQueue<Answer> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread = new Thread(this::answer, "acknowledger");
    /// Made early: when there is no memory left, none is needed to say so.
    private final IOException unexplained = new IOException("acknowledging failed");
    private volatile @Nullable IOException failure;
    private boolean thrown;
    /// When nobody hears the answers any more the events are still taken: they were sent to be kept.
    private boolean heard = true;

    private record Answer(String sessionId, long seq, long offset, boolean duplicate) {
        /// What has no offset is no answer.
        boolean isEnd() {
            return offset < 0;
        }
    }

    private Acknowledger(HotLog log, Page page) {
        this.log = log;
        this.page = page;
    }

    static Acknowledger start(HotLog log, Page page) {
        Acknowledger started = new Acknowledger(log, page);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    /// An event was appended and is to be answered once it is durable. Waits when many are waiting.
    ///
    /// @throws IOException when the disk failed an earlier one: none is answered after that
    void expect(Event event, long offset, boolean duplicate) throws IOException {
        put(new Answer(event.sessionId(), event.seq(), offset, duplicate));
    }

    private void put(Answer answer) throws IOException {
        try {
            while (!waiting.offer(answer, 100, TimeUnit.MILLISECONDS)) {
                throwFailure();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        throwFailure();
    }

    /// Tells the thread that appends, once, that the disk failed: none is answered after that.
    void throwFailure() throws IOException {
        IOException failed = failure;
        if (failed != null && !thrown) {
            thrown = true;
            throw failed;
        }
    }

    private void answer() {
        try {
            for (Answer next = waiting.take(); !next.isEnd(); next = waiting.take()) {
                log.awaitDurable(next.offset());
                write(next);
                long durable = log.durableOffset();
                Answer more = waiting.peek();
                if (more == null || more.isEnd() || more.offset() >= durable) {
                    flush();
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = told(e);
        } catch (InterruptedException e) {
            failure = new IOException("interrupted", e);
            Thread.currentThread().interrupt();
        }
    }

    /// The other thread must not wait for answers that never come, even when there is no memory to tell why. It
    /// sees one failure only, the first that is set, so this is made whole before.
    private IOException told(Throwable e) {
        try {
            return new IOException("acknowledging failed: " + e, e);
        } catch (OutOfMemoryError _) {
            return unexplained;
        }
    }

    private void write(Answer answer) throws IOException {
        if (!heard) {
            return;
        }
        try {
            JsonGenerator json = page.json();
            json.writeStartObject();
            json.writeStringProperty("session_id", answer.sessionId());
            Unsigned.write(json, "seq", answer.seq());
            json.writeNumberProperty("offset", answer.offset());
            if (answer.duplicate()) {
                json.writeBooleanProperty("duplicate", true);
            }
            json.writeEndObject();
            page.endJson();
        } catch (PipeOutput.Closed _) {
            heard = false;
        }
    }

    private void flush() throws IOException {
        try {
            page.flush();
        } catch (PipeOutput.Closed _) {
            heard = false;
        }
    }

    /// Waits until everything expected was answered.
    ///
    /// @throws IOException when it could not be: the rest is not known to be on disk
    @Override
    public void close() throws IOException {
        if (failure == null) {
            put(END);
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        throwFailure();
    }
}
