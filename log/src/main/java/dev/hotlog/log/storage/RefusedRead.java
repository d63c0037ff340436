// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.io.IOException;

/// The device does not give bytes of a file that is open: they are damaged, as far as anyone can tell. A file that
/// cannot even be opened is none of this, but a [dev.hotlog.event.LogException.Storage].
public final class RefusedRead extends IOException {
    private static final long serialVersionUID = 1L;

    public RefusedRead(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
