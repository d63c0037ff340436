// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A system call that the program makes on a file of its log, or on the log's folder.
///
/// @param name such as `pwrite64`
/// @param file within the log's folder; empty for the folder itself
/// @param number 1 for the first such call on that file in one thread
record LogCall(String name, String file, int number) {
    /// All that changes what is on disk.
    static final List<String> CHANGING = List.of(
            "openat",
            "pwrite64",
            "write",
            "fdatasync",
            "fsync",
            "msync",
            "ftruncate",
            "fallocate",
            "mkdir",
            "rename",
            "link",
            "unlink");

    private static final Pattern TRACED = Pattern.compile("(\\d+) +(\\w+)\\((.*)");

    private static List<String> start(String strace, Path trace) {
        return new ArrayList<>(List.of(strace, "-f", "-o", trace.toString()));
    }

    /// What starts a program so that its calls are written to a file.
    static List<String> tracing(String strace, Path trace) {
        List<String> words = start(strace, trace);
        words.addAll(List.of("-y", "-e", "trace=" + String.join(",", CHANGING)));
        return words;
    }

    /// The calls on files of that log, each once, in the order of the trace.
    static List<LogCall> traced(Path trace, Path log) throws IOException {
        Pattern files = Pattern.compile("[\"<]" + Pattern.quote(log.toString()) + "(?:/([^\">]*))?[\">]");
        Map<String, Integer> counts = new TreeMap<>();
        Set<LogCall> calls = new LinkedHashSet<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher call = TRACED.matcher(line);
            if (call.matches()) {
                Matcher file = files.matcher(call.group(3));
                // Of two names, the first: strace looks at no other.
                if (file.find()) {
                    String touched = Objects.requireNonNullElse(file.group(1), "");
                    int number = counts.merge(call.group(1) + " " + call.group(2) + " " + touched, 1, Integer::sum);
                    calls.add(new LogCall(call.group(2), touched, number));
                }
            }
        }
        return new ArrayList<>(calls);
    }

    /// What starts a program so that something happens to it at this call. The trace tells whether it did.
    ///
    /// @param what as strace has it, such as `error=EIO`
    /// @param when which of the calls, as strace has it
    List<String> injecting(String strace, Path trace, Path log, String what, String when) {
        List<String> words = start(strace, trace);
        if (what.startsWith("error=")) {
            words.add("--seccomp-bpf"); // Quicker; but strace 6.1 sends no signals with it.
        }
        words.addAll(List.of("-P", (file.isEmpty() ? log : log.resolve(file)).toString()));
        words.addAll(List.of("-e", "trace=" + name, "-e", "inject=" + name + ":" + what + ":when=" + when));
        return words;
    }

    /// Whether what was to be injected was.
    static boolean injected(Path trace) throws IOException {
        String all = Files.readString(trace);
        return all.contains("(INJECTED)") || all.contains("killed by SIGKILL");
    }
}
