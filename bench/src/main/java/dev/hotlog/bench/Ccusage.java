// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The native program in the npm package `ccusage`, kept in `bench/target`.
record Ccusage(Path program) {
    /// The newest that came with a native program when this was written.
    static final String VERSION = "20.0.24";

    private static final String MODULES = "node_modules";

    /// The one that is there, or else, unless the settings forbid it, fetches it with npm. As it comes it is
    /// not executable: its launcher would make it so.
    ///
    /// @throws IOException when there is none; its message says why
    static Ccusage find(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.root().resolve(Settings.TARGET).resolve("ccusage-" + VERSION);
        Optional<Path> there = in(folder);
        if (there.isEmpty() && settings.fetch() == Fetch.WHAT_IS_MISSING) {
            install(folder);
            there = in(folder);
        }
        Path program = there.orElseThrow(() -> new IOException("there is no native program in " + folder));
        if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
        return new Ccusage(program);
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        Progress.say("npm install ccusage@" + VERSION);
        Files.createDirectories(folder);
        Command.of("npm", "install", "--silent", "--prefix", folder.toString(), "ccusage@" + VERSION)
                .output();
    }

    private static Optional<Path> in(Path folder) throws IOException {
        Path packages = folder.resolve(MODULES).resolve("@ccusage");
        if (!Files.isDirectory(packages)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(packages)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().equals("ccusage"))
                    .findFirst();
        }
    }

    List<String> words(String... arguments) {
        return Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
    }
}
