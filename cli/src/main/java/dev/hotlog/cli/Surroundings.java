// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All that a command takes from the process and the machine it runs on, so that a test can give it others.
///
/// @param env the environment
/// @param hearing made only when needed: tells whether anybody still reads standard output, as far as can be told
/// @param userHome the home directory that the system has for the user, as Java has it
/// @param system the operating system's name, as Java has it
/// @param zone whose times are shown; asked for only when needed
/// @param stop tells a command that stays to end
public record Surroundings(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Map<String, String> env,
        Terminal terminal,
        Supplier<BooleanSupplier> hearing,
        String userHome,
        String system,
        InstantSource clock,
        Supplier<ZoneId> zone,
        StopSignal stop) {
    /// Those of this process.
    static Surroundings ofProcess() {
        Map<String, String> env = System.getenv();
        String system = System.getProperty("os.name");
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                env,
                ProcessTerminal.find(env),
                () -> Hearing.on(system),
                System.getProperty("user.home"),
                system,
                Clock.systemUTC(),
                ZoneId::systemDefault,
                new StopSignal());
    }

    /// The user's home directory: `$HOME`, by which the agents go too; without it, and on Windows,
    /// where only a shell of another system sets it, the one that the system has.
    ///
    /// @throws InvalidPathException when `$HOME` cannot be a path
    Path home() {
        Path told = Path.of(isWindows() ? "" : env.getOrDefault("HOME", ""));
        return told.isAbsolute() ? told : Path.of(userHome);
    }

    private boolean isWindows() {
        return system.startsWith("Windows");
    }

    /// Whether the terminal's texts are in Unicode, as far as the locale tells.
    boolean takesUnicode() {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> env.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
        boolean told = locale.contains("utf-8") || locale.contains("utf8");
        return !env.getOrDefault("TERM", "").equals("dumb") && (told || env.containsKey("WT_SESSION"));
    }

    /// The command that runs this program, wherever it is called from.
    List<String> program() {
        String launcher = env.getOrDefault("HOTLOG_COMMAND", "");
        if (!launcher.isEmpty()) {
            return List.of(Path.of(launcher).toAbsolutePath().normalize().toString());
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        return List.of(java.toString(), "-jar", jar.toString());
    }

    /// The log's folder when the command line names none: `$HOTLOG_DIR`, else where this system keeps a user's
    /// data.
    Path defaultDirectory() {
        String own = env.getOrDefault("HOTLOG_DIR", "");
        return own.isEmpty() ? dataFolder().resolve("hotlog") : Path.of(own);
    }

    /// The folder of the demo's log and of what belongs to it.
    Path demoDirectory() {
        return dataFolder().resolve("hotlog-demo");
    }

    private Path dataFolder() {
        String xdg = env.getOrDefault("XDG_DATA_HOME", "");
        if (!xdg.isEmpty()) {
            return Path.of(xdg);
        }
        if (system.startsWith("Mac")) {
            return home().resolve("Library/Application Support");
        }
        String local = env.getOrDefault("LOCALAPPDATA", "");
        if (isWindows() && !local.isEmpty()) {
            return Path.of(local);
        }
        return home().resolve(".local/share");
    }
}
