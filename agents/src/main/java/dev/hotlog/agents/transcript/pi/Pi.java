// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.pi;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.JsonSlice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Pi: `sessions/<folder>/<time>_<session>.jsonl` under `~/.pi/agent`, or under the folders that
/// `PI_CODING_AGENT_DIR` or `PI_AGENT_DIR` names.
public final class Pi extends PiFamily {
    public static final String AGENT = "pi";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> folders =
                Folders.listedOr(home.resolve(".pi/agent"), environment, "PI_CODING_AGENT_DIR", "PI_AGENT_DIR");
        return Folders.within(folders, "sessions");
    }

    @Override
    public boolean isTranscript(Path file) {
        return Folders.name(file).endsWith(".jsonl");
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return isSessionLine(object);
    }
}
