// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.aider;

import dev.hotlog.agents.transcript.Lines;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the chats in a history.
///
/// A chat is named after when it began and when the first chat of its history did: no more is there to tell
/// it from all others, and a copy of the history, or a repository that has moved, keeps it.
final class History {
    private static final Pattern BEGIN =
            Pattern.compile("# aider chat started at (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)\\s*");
    private static final int MAX_BEGIN_BYTES = 200;
    private static final int DIGEST_BYTES = 4;
    private static final DateTimeFormatter TOLD = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private final Path file;
    private final ZoneId zone;
    private final List<Whole> chats = new ArrayList<>();

    /// How many chats have begun in one second.
    private final Map<LocalDateTime, Integer> alike = new HashMap<>();

    private String digest = "";

    private History(Path file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    /// All chats of a history; none when it is no history.
    ///
    /// @param zone of the times in it
    static List<Whole> chats(Path file, ZoneId zone) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return new History(file, zone).find(new Lines(channel, 0, channel.size()));
        }
    }

    private List<Whole> find(Lines lines) throws IOException {
        Optional<LocalDateTime> open = Optional.empty();
        long from = 0;
        long position = 0;
        while (lines.next()) {
            Optional<LocalDateTime> begin = lines.isTerminated() ? beginning(lines) : Optional.empty();
            if (begin.isPresent()) {
                if (open.isPresent()) {
                    add(open.get(), from, position, millis(open.get()));
                }
                open = begin;
                from = position;
            }
            if (lines.isTerminated()) {
                position = lines.nextPosition();
            }
        }
        if (open.isPresent()) {
            add(open.get(), from, position, Whole.Version.of(file).modifiedMillis());
        }
        return chats;
    }

    private static Optional<LocalDateTime> beginning(Lines lines) {
        if (lines.end() - lines.start() > MAX_BEGIN_BYTES) {
            return Optional.empty();
        }
        String line = new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
        Matcher begin = BEGIN.matcher(line);
        try {
            return begin.matches() ? Optional.of(LocalDateTime.parse(begin.group(1), TOLD)) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private void add(LocalDateTime began, long from, long to, long modifiedMillis) {
        if (digest.isEmpty()) {
            digest = digest(TOLD.format(began));
        }
        int before = alike.merge(began, 1, Integer::sum) - 1;
        String id = SHORT.format(began) + "-" + digest + (before == 0 ? "" : "-" + before);
        chats.add(new Chat(file, id, millis(began), from, to, modifiedMillis));
    }

    private long millis(LocalDateTime time) {
        return Math.max(0, time.atZone(zone).toInstant().toEpochMilli());
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
