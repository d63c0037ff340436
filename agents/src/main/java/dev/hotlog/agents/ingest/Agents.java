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
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /// Those of the variables that tell an agent of this home to look elsewhere.
    public static Map<String, String> telling(Path home, Map<String, String> environment) {
        Map<String, String> telling = new TreeMap<>(environment);
        List<Path> told = places(home, environment);
        telling.keySet().removeIf(variable -> {
            Map<String, String> without = new HashMap<>(environment);
            without.remove(variable);
            return places(home, without).equals(told);
        });
        return telling;
    }

    private static List<Path> places(Path home, Map<String, String> environment) {
        return ALL.stream()
                .flatMap(transcript -> transcript.followed(home, environment).stream())
                .toList();
    }

    /// The folders, and the files, where something changes when any of them has something new; see
    /// [Transcript#followed].
    public static List<Path> followed(Path home, Map<String, String> environment) {
        return ALL.stream()
                .flatMap(transcript -> Stream.concat(
                        transcript.followed(home, environment).stream(),
                        transcript.scattered(home, environment).stream()))
                .distinct()
                .toList();
    }
}
