// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.aider.Aider;
import dev.hotlog.agents.transcript.amp.Amp;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.agents.transcript.codex.Codex;
import dev.hotlog.agents.transcript.copilot.Copilot;
import dev.hotlog.agents.transcript.cursor.Cursor;
import dev.hotlog.agents.transcript.cursor.CursorIde;
import dev.hotlog.agents.transcript.droid.Droid;
import dev.hotlog.agents.transcript.gemini.Gemini;
import dev.hotlog.agents.transcript.gemini.Qwen;
import dev.hotlog.agents.transcript.goose.Goose;
import dev.hotlog.agents.transcript.kimi.Kimi;
import dev.hotlog.agents.transcript.opencode.OpenCode;
import dev.hotlog.agents.transcript.pi.OpenClaw;
import dev.hotlog.agents.transcript.pi.Pi;
import java.time.ZoneId;
import java.util.List;

/// The agents whose transcripts are known.
public final class Agents {
    private static final List<Transcript> ALL = List.of(
            new ClaudeCode(),
            new Codex(),
            new OpenCode(),
            new Pi(),
            new OpenClaw(),
            new Gemini(),
            new Qwen(),
            new Copilot(),
            new Droid(),
            new Kimi(),
            new Cursor(),
            new CursorIde(),
            new Amp(),
            new Goose(),
            new Aider(ZoneId.systemDefault()));

    private Agents() {}

    /// In the order in which they are looked for.
    public static List<Transcript> all() {
        return ALL;
    }
}
