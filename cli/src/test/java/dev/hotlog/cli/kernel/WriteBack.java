// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/// A kernel that writes pages of a log's files long before anybody forces them, here and there, so that a power cut
/// leaves later ones without earlier ones.
final class WriteBack implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;
    private static final int MOST_PAGES = 8;
    private static final int MOST_MILLIS = 8;

    private final Path log;
    private final Random random;
    private final Thread thread;

    private WriteBack(Path log, long seed) {
        this.log = log;
        this.random = new Random(seed);
        thread = Thread.ofPlatform().name("write-back").daemon().start(this::write);
    }

    static WriteBack of(Path log, long seed) {
        return new WriteBack(log, seed);
    }

    private void write() {
        try {
            while (true) {
                Chance.pause(random, MOST_MILLIS);
                File[] files = log.toFile().listFiles(File::isFile);
                if (files != null && files.length > 0) {
                    File file = files[random.nextInt(files.length)];
                    int pages = (int) (file.length() / PAGE_BYTES) + 1;
                    KernelCall.writeBack(
                            file.toPath(),
                            (long) random.nextInt(pages) * PAGE_BYTES,
                            (1L + random.nextInt(MOST_PAGES)) * PAGE_BYTES);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException _) {
            // Enough.
        }
    }

    /// Returns once it has no file open any more, which would keep the file system from being unmounted.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
