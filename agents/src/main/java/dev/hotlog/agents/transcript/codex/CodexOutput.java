// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.JsonSlice;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;

/// How a tool ran, as Codex tells the model: in a few lines ahead of the tool's own output, of which the last is
/// `Output:`, or in older versions in JSON around it.
///
/// @param tookMillis to a tenth of a second; what is rounded to 0 says nothing. Nor does the time of commands that may
///     go on in the background: it is how long Codex waited for them to say something
record CodexOutput(OptionalLong exitCode, OptionalLong tookMillis) {
    private static final CodexOutput NOTHING_TOLD = new CodexOutput(OptionalLong.empty(), OptionalLong.empty());
    private static final int HEAD_BYTES = 400;
    private static final double MILLIS = 1000;
    private static final long MICROS_A_MILLI = 1000;

    static CodexOutput of(JsonSlice output) {
        String head = output.beginning(HEAD_BYTES);
        return head.startsWith("{\"output\":")
                ? around(output.text())
                : ahead(head.lines().toList());
    }

    /// Whether what ran says that it went wrong.
    boolean failed() {
        return exitCode.isPresent() && exitCode.getAsLong() != 0;
    }

    private static CodexOutput around(String json) {
        try {
            JsonSlice metadata = JsonSlice.of(json).at("metadata");
            long millis = metadata.at("duration_seconds").millionths().orElse(0) / MICROS_A_MILLI;
            return new CodexOutput(
                    metadata.at("exit_code").number(), millis > 0 ? OptionalLong.of(millis) : OptionalLong.empty());
        } catch (JacksonException _) {
            return NOTHING_TOLD;
        }
    }

    private static CodexOutput ahead(List<String> lines) {
        List<String> head = lines.subList(0, Math.max(0, lines.indexOf("Output:")));
        boolean inBackground = head.stream().noneMatch(line -> line.startsWith("Exit code: "));
        OptionalLong exit = OptionalLong.empty();
        OptionalLong took = OptionalLong.empty();
        for (String line : head) {
            String[] words = line.split(" ", -1);
            String last = words[words.length - 1];
            if (line.startsWith("Exit code: ") || line.startsWith("Process exited with code ")) {
                exit = whole(last);
            } else if (line.startsWith("Wall time: ") && last.equals("seconds") && !inBackground) {
                took = millis(words[words.length - 2]);
            }
        }
        return new CodexOutput(exit, took);
    }

    private static OptionalLong whole(String number) {
        try {
            return OptionalLong.of(Long.parseLong(number));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong millis(String seconds) {
        try {
            double millis = Double.parseDouble(seconds) * MILLIS;
            return millis > 0 && millis < Integer.MAX_VALUE
                    ? OptionalLong.of(Math.round(millis))
                    : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
