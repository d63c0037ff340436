// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A home of many sessions, made of one of few: its transcripts (`*.jsonl`) again and again, under new ids each time,
/// so that no line is the repetition of another.
///
/// @param bytes of all transcripts
record CorpusHome(Path folder, int files, long bytes) {
    private static final int MEGA = 1_000_000;
    private static final String TRANSCRIPT = ".jsonl";

    /// Ids of sessions and lines; the last part of each is told apart from copy to copy.
    private static final Pattern UUID =
            Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)([0-9a-f]{12})");
    /// Ids of messages, requests and calls.
    private static final Pattern NAMED_ID = Pattern.compile("\\b(?:msg|req|toolu|call|resp|gen)_[A-Za-z0-9]{8,}");

    private static final int HEX = 16;

    /// @param folder to be made
    /// @param corpus a home with transcripts
    /// @param bytes as many at least
    static CorpusHome write(Path folder, Path corpus, long bytes) throws IOException {
        List<Path> transcripts;
        try (Stream<Path> all = Files.walk(corpus)) {
            transcripts = all.filter(file -> file.toString().endsWith(TRANSCRIPT))
                    .sorted()
                    .toList();
        }
        if (transcripts.isEmpty()) {
            throw new IOException("no transcripts in " + corpus);
        }
        long written = 0;
        int files = 0;
        for (int copy = 0; written < bytes; copy++) {
            for (int i = 0; i < transcripts.size() && written < bytes; i++, files++) {
                Path transcript = transcripts.get(i);
                // Lines need not be well-formed: what is not Latin passes as it is.
                String text = Files.readString(transcript, StandardCharsets.ISO_8859_1);
                Path target =
                        folder.resolve(nameOfCopy(corpus.relativize(transcript).toString(), copy));
                Files.createDirectories(target.getParent());
                Files.writeString(target, withNewIds(text, copy), StandardCharsets.ISO_8859_1);
                written += text.length();
            }
        }
        return new CorpusHome(folder, files, written);
    }

    private static String nameOfCopy(String name, int copy) {
        String renamed = withNewIds(name, copy);
        boolean clashes = copy > 0 && renamed.equals(name);
        return clashes ? name.substring(0, name.length() - TRANSCRIPT.length()) + "-" + copy + TRANSCRIPT : renamed;
    }

    private static String withNewIds(String text, int copy) {
        if (copy == 0) {
            return text;
        }
        String renamed = UUID.matcher(text)
                .replaceAll(id ->
                        id.group(1) + String.format(Locale.ROOT, "%012x", Long.parseLong(id.group(2), HEX) ^ copy));
        return NAMED_ID.matcher(renamed).replaceAll(id -> id.group() + String.format(Locale.ROOT, "%04d", copy));
    }

    /// For a note below the table.
    String size() {
        return String.format(Locale.ROOT, "%,d transcripts, %,d MB", files, bytes / MEGA);
    }

    /// @param millis that reading all of it takes
    double megabytesASecond(double millis) {
        return bytes / 1e3 / millis;
    }
}
