// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.agents.transcript.seedlog.SeedLog;
import java.nio.file.Path;

/// A file to import, and as what.
sealed interface FoundFile {
    Path path();

    /// Under which name it is counted.
    String agent();

    record OfAgent(Path path, Transcript transcript) implements FoundFile {
        @Override
        public String agent() {
            return transcript.agent();
        }
    }

    record OfWhole(Whole whole, Transcript transcript) implements FoundFile {
        @Override
        public Path path() {
            return whole.path();
        }

        @Override
        public String agent() {
            return transcript.agent();
        }
    }

    record OfSeedLog(Path path) implements FoundFile {
        @Override
        public String agent() {
            return SeedLog.NAME;
        }
    }
}
