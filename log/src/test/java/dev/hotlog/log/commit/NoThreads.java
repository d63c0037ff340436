// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import java.util.concurrent.ThreadFactory;

/// A system that has no thread to give.
final class NoThreads implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
        return new Thread(work) {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
    }
}
