// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

import dev.hotlog.agents.transcript.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The settings of Claude Code, `settings.json` in `~/.claude` or in the folder that `CLAUDE_CONFIG_DIR` names, and our
/// hooks in them.
///
/// A change is written into a file of its own, which then takes the name. What was there before is kept beside it.
///
/// @param file of the settings; need not exist
public record ClaudeCodeSettings(Path file) {
    /// Numbers stay as they are written; what two members of one name mean is for nobody to guess.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String OWNERS_ONLY = "rw-------";

    public static ClaudeCodeSettings of(Path home, Map<String, String> environment) {
        List<Path> folders = Folders.listedOr(home.resolve(".claude"), environment, "CLAUDE_CONFIG_DIR");
        return new ClaudeCodeSettings(folders.getFirst().resolve("settings.json"));
    }

    /// How many events of the agent hooks are for.
    public static int events() {
        return HookEntries.EVENTS.size();
    }

    /// In how many of them that command is.
    public int installed(String command) throws IOException, UnfitSettings {
        return new HookEntries(read()).count(command);
    }

    /// What became of the settings.
    ///
    /// @param changed whether there was anything to change
    /// @param backup what was there before, if there was anything
    public record Change(boolean changed, Optional<Path> backup) {}

    /// Has each event run that command, in the place of an older one of ours.
    public Change install(String command) throws IOException, UnfitSettings {
        ObjectNode settings = read();
        new HookEntries(settings).add(command);
        return write(settings);
    }

    /// Takes all our hooks out.
    public Change uninstall() throws IOException, UnfitSettings {
        ObjectNode settings = read();
        new HookEntries(settings).remove();
        return write(settings);
    }

    private ObjectNode read() throws IOException, UnfitSettings {
        if (!Files.exists(file)) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnfitSettings("is a link that leads nowhere");
            }
            return JSON.createObjectNode();
        }
        JsonNode settings;
        try {
            settings = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new UnfitSettings(
                    "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (settings instanceof ObjectNode object) {
            return object;
        }
        throw new UnfitSettings("not a JSON object");
    }

    private Change write(ObjectNode settings) throws IOException, UnfitSettings {
        if (settings.equals(read())) {
            return new Change(false, Optional.empty());
        }
        byte[] text = (JSON.writer().with(asAgentsWrite()).writeValueAsString(settings) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            replace(file, text);
            return new Change(true, Optional.empty());
        }
        // A link stays one: what it leads to is written.
        Path real = file.toRealPath();
        Path backup = backUp(real);
        replace(real, text);
        return new Change(true, Optional.of(backup));
    }

    private static Path backUp(Path real) throws IOException {
        for (int number = 1; ; number++) {
            try {
                return Files.copy(
                        real,
                        real.resolveSibling(real.getFileName() + ".before-hotlog-" + number),
                        StandardCopyOption.COPY_ATTRIBUTES);
            } catch (FileAlreadyExistsException _) {
                // an earlier one
            }
        }
    }

    private static void replace(Path real, byte[] text) throws IOException {
        Path unfinished =
                Files.createTempFile(real.getParent(), real.getFileName().toString(), ".new");
        try {
            Files.write(unfinished, text);
            if (Files.getFileAttributeView(unfinished, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(
                        unfinished,
                        Files.exists(real)
                                ? Files.getPosixFilePermissions(real)
                                : PosixFilePermissions.fromString(OWNERS_ONLY));
            }
            try {
                Files.move(unfinished, real, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(unfinished, real, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// As Claude Code writes its settings itself: indented by two, each element on a line of its own.
    private static DefaultPrettyPrinter asAgentsWrite() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }
}
