// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.pi;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.JsonSlice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// OpenClaw: `agents/<agent>/sessions/<session>.jsonl` under `~/.openclaw`, under the folders of its former
/// names, or under those that `OPENCLAW_DIR` names. A session that was deleted or reset is still there
/// under another name, and what it spent was spent.
public final class OpenClaw extends PiFamily {
    public static final String AGENT = "openclaw";

    private static final List<String> HOMES = List.of(".openclaw", ".clawdbot", ".moltbot", ".moldbot");
    private static final Pattern NAME = Pattern.compile(".*\\.jsonl(?:\\.(?:deleted|reset)\\..*)?");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> configured = Folders.listed(environment, "OPENCLAW_DIR");
        Stream<Path> folders = configured.isEmpty() ? HOMES.stream().map(home::resolve) : configured.stream();
        return folders.map(folder -> folder.resolve("agents")).toList();
    }

    @Override
    public boolean isTranscript(Path file) {
        return NAME.matcher(Folders.name(file)).matches()
                && file.getParent() != null
                && file.getParent().endsWith("sessions");
    }

    /// By its lines alone a file cannot be told from one of Pi's.
    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }
}
