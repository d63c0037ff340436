// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs the program in this process, on a log of its own: what a user types, and what comes of it.
final class Cli {
    static final Instant NOW = Instant.parse("2026-03-07T12:00:00Z");

    private final Path directory;
    private final Map<String, String> env = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private Terminal terminal = Terminal.NONE;
    private boolean heard = true;
    private String system = "Linux";
    private ZoneId zone = ZoneId.of("Europe/Berlin");

    private Cli(Path directory) {
        this.directory = directory;
        env.put("HOTLOG_DIR", directory.toString());
    }

    /// @param directory the log's, which need not be there yet
    static Cli on(Path directory) {
        return new Cli(directory);
    }

    Path directory() {
        return directory;
    }

    Cli in(InputStream stream) {
        in = stream;
        return this;
    }

    Cli lines(String... lines) {
        return in(new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    Cli env(String name, String value) {
        env.put(name, value);
        return this;
    }

    Cli system(String name) {
        system = name;
        return this;
    }

    Cli zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    /// From now on all streams end at a terminal of that width.
    Cli terminal(int columns) {
        terminal = new Terminal(false, true, true, () -> columns);
        return this;
    }

    /// From now on nobody reads standard output, though it takes what is written.
    Cli unheard() {
        heard = false;
        return this;
    }

    Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(out, out, args);
    }

    /// Runs with that as standard output.
    Result run(OutputStream out, Object seen, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new Surroundings(
                        in,
                        out,
                        err,
                        env,
                        terminal,
                        () -> () -> heard,
                        directory.resolveSibling("home").toString(),
                        system,
                        () -> NOW,
                        () -> zone,
                        new StopSignal()));
        in = InputStream.nullInputStream();
        return new Result(code, text(seen), text(err));
    }

    private static String text(Object stream) {
        return stream instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    }

    /// Appends events, given as lines of JSON.
    Cli having(String... events) {
        Result result = lines(events).run("append");
        if (result.code() != 0) {
            throw new AssertionError("append failed: " + result);
        }
        return this;
    }

    /// An event as a line of JSON.
    static String event(String session, long seq, String kind, String more) {
        return "{\"session_id\":\"" + session + "\",\"seq\":" + seq + ",\"ts_ms\":" + (1772870400000L + seq * 60_000)
                + ",\"ts_exact\":true,\"kind\":\"" + kind + "\",\"source\":\"tail\""
                + (more.isEmpty() ? "" : "," + more)
                + "}";
    }

    record Result(int code, String out, String err) {
        List<String> outLines() {
            return new ArrayList<>(out.lines().toList());
        }
    }
}
