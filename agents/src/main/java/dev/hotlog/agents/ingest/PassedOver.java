// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.StateText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What of a file made no sense and was left out, as the file's cursor keeps it.
///
/// @param file in which it was
/// @param count how much there was
/// @param first the first of it, as much as a cursor has room for
record PassedOver(Path file, long count, List<Problem> first) {
    /// A cursor's state is up to 64 KiB long, and holds its reader's as well.
    private static final int MAX_BYTES = 24 << 10;

    private static final int MAX_KEPT = 10_000;

    PassedOver {
        first = List.copyOf(first);
    }

    static PassedOver nothing(Path file) {
        return new PassedOver(file, 0, List.of());
    }

    PassedOver and(Problem problem) {
        PassedOver counted = new PassedOver(file, count + 1, first);
        if (first.size() < count) {
            return counted; // There was no room for one before.
        }
        List<Problem> more = new ArrayList<>(first);
        more.add(problem);
        PassedOver longer = new PassedOver(file, count + 1, more);
        return longer.asText().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES ? longer : counted;
    }

    /// What is known of it, and how much there was when that is more.
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(first);
        if (count > first.size()) {
            problems.add(new Problem(
                    file,
                    0,
                    "made no sense in " + count + " places, of which the log keeps the first " + first.size()));
        }
        return problems;
    }

    /// As JSON; each file is named that is not the cursor's own.
    String asText() {
        StateText text = new StateText().put("count", count);
        return text.putJson(
                        "first",
                        first.stream()
                                .map(problem -> new StateText()
                                        .put(
                                                "file",
                                                problem.file().equals(file)
                                                        ? ""
                                                        : problem.file().toString())
                                        .put("line", problem.line())
                                        .put("reason", problem.reason())
                                        .end())
                                .collect(Collectors.joining(",", "[", "]")))
                .end();
    }

    /// @param json what [#asText] gave; nothing is passed over where there is no such thing
    static PassedOver parse(JsonSlice json, Path file) {
        List<Problem> first = new ArrayList<>();
        for (JsonSlice one : json.at("first").elements(MAX_KEPT).orElse(List.of())) {
            JsonSlice other = one.at("file");
            first.add(new Problem(
                    other.exists() ? Path.of(other.text()) : file,
                    one.at("line").number().orElse(0),
                    one.at("reason").text()));
        }
        return new PassedOver(file, json.at("count").number().orElse(0), first);
    }
}
