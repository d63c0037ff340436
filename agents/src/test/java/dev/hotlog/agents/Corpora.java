// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where tests find transcripts: the project's own samples, and the corpora beside the project, where there are
/// any.
public final class Corpora {
    private static final Path SHARED = Path.of("..", "..", "shared");

    private Corpora() {}

    /// The home that `samples/README.md` describes.
    public static Path samples() {
        return Path.of("..", "samples", "home");
    }

    /// A file or folder of the shared corpora. Without it the test that asks is skipped, and says why.
    public static Path shared(String path) {
        Path file = SHARED.resolve(path).toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            System.out.println("skipped: needs " + file + ", which is not here");
        }
        assumeTrue(Files.exists(file), "needs " + file);
        return file;
    }
}
