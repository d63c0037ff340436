// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/// A home with transcripts of Claude Code that nobody has worked in: a file a session; in each, answers with
/// a tool call, about 300 bytes of arguments and their tokens, in turn with the results of these calls. A
/// session begins every hour, and has a line every five seconds.
///
/// @param bytes of all transcripts
/// @param outputTokens of all answers
record ClaudeHome(Path folder, int sessions, int lines, long bytes, long outputTokens) {
    private static final String PROJECT = ".claude/projects/-home-robin-code-bench";
    private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
    private static final long SESSION_SECONDS = 3_600;
    private static final long LINE_SECONDS = 5;
    private static final int MIB = 1 << 20;

    /// @param folder to be made
    /// @param lines of each session, an even number
    static ClaudeHome write(Path folder, int sessions, int lines) throws IOException {
        Path project = Files.createDirectories(folder.resolve(PROJECT));
        Workload workload = new Workload(sessions, 1, LINE_SECONDS);
        long bytes = 0;
        long outputTokens = 0;
        for (int session = 0; session < sessions; session++) {
            String id = workload.sessionId(session);
            Path file = project.resolve(id + ".jsonl");
            try (BufferedWriter transcript = Files.newBufferedWriter(file)) {
                for (int line = 0; line < lines; line += 2) {
                    int number = session * lines + line;
                    Instant time = FIRST.plusSeconds(session * SESSION_SECONDS + line * LINE_SECONDS);
                    String json = workload.event(number).payload().toString();
                    String call = String.format(Locale.ROOT, "%012d", number);
                    int tokens = 100 + number % 900;
                    outputTokens += tokens;
                    transcript.write(call(id, call, json, number, tokens, time));
                    transcript.write(result(id, call, json.replace('"', '\''), time.plusSeconds(LINE_SECONDS)));
                }
            }
            bytes += Files.size(file);
        }
        return new ClaudeHome(folder, sessions, lines, bytes, outputTokens);
    }

    private static String call(String session, String call, String input, int number, int tokens, Instant time) {
        return """
            {"parentUuid":null,"isSidechain":false,"userType":"external","cwd":"/home/robin/code/bench",\
            "sessionId":"%1$s","version":"2.1.29","gitBranch":"main","message":{"model":"claude-opus-4-5-20251101",\
            "id":"msg_%2$s","type":"message","role":"assistant","content":[{"type":"tool_use","id":"toolu_%2$s",\
            "name":"Bash","input":%3$s}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":%4$d,\
            "cache_creation_input_tokens":%5$d,"cache_read_input_tokens":%6$d,"output_tokens":%7$d,\
            "service_tier":"standard"}},"requestId":"req_%2$s","type":"assistant","uuid":"%2$s-a","timestamp":"%8$s"}
            """.formatted(session, call, input, 4 + number % 7, number % 5_000, 9_000, tokens, time);
    }

    private static String result(String session, String call, String text, Instant time) {
        return """
            {"parentUuid":"%2$s-a","isSidechain":false,"userType":"external","cwd":"/home/robin/code/bench",\
            "sessionId":"%1$s","version":"2.1.29","gitBranch":"main","type":"user","message":{"role":"user",\
            "content":[{"type":"tool_result","tool_use_id":"toolu_%2$s","content":"%3$s","is_error":false}]},\
            "uuid":"%2$s-r","timestamp":"%4$s"}
            """.formatted(session, call, text, time);
    }

    /// For a note below the table.
    String size() {
        return String.format(Locale.ROOT, "%,d sessions of %,d lines, %,d MiB", sessions, lines, bytes / MIB);
    }
}
