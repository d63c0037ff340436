// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// A file that is one JSON object, with an array of what happened in it. Gives the object, and then each
/// element.
///
/// @param path the file
/// @param array the array's name; empty when there is none
public record Document(Path path, String array) implements Whole {
    /// As long as the longest line that is read.
    private static final int MAX_BYTES = Lines.MAX_LINE_BYTES;

    private static final int MAX_ELEMENTS = 1_000_000;

    /// A file that is one JSON object and nothing else.
    public Document(Path path) {
        this(path, "");
    }

    @Override
    public Version version() throws IOException {
        return Version.of(path);
    }

    @Override
    public Whole.Reading objects() throws IOException {
        Step root = read(path);
        List<JsonSlice> elements = !array.isEmpty() && root instanceof Step.Taken(JsonSlice json)
                ? json.at(array).elements(MAX_ELEMENTS).orElse(List.of())
                : List.of();
        Iterator<Step> steps = Stream.concat(
                        Stream.of(root),
                        elements.stream()
                                .map(element -> element.isObject()
                                        ? new Step.Taken(element)
                                        : new Step.Bad(path, "not a JSON object in its " + array)))
                .iterator();
        return new Whole.Reading() {
            @Override
            public Optional<Step> next() {
                return steps.hasNext() ? Optional.of(steps.next()) : Optional.empty();
            }

            @Override
            public void close() {
                // holds nothing open
            }
        };
    }

    /// Reads a file that is one JSON object. It may be in the writing, and be none yet.
    public static Step read(Path file) throws IOException {
        try {
            NotAFile.attributes(file);
        } catch (NotAFile e) {
            return new Step.Bad(file, Objects.requireNonNullElse(e.getMessage(), ""));
        }
        byte[] bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > MAX_BYTES) {
                return new Step.Bad(file, "a document of " + channel.size() + " bytes, more than " + MAX_BYTES);
            }
            bytes = Channels.newInputStream(channel).readNBytes(MAX_BYTES);
        }
        int start = 0;
        while (start < bytes.length && Character.isWhitespace(bytes[start])) {
            start++;
        }
        if (start == bytes.length || bytes[start] != '{') {
            return new Step.Bad(file, "not a JSON object");
        }
        try {
            return new Step.Taken(JsonSlice.objectAt(bytes, start, bytes.length));
        } catch (JacksonException e) {
            return new Step.Bad(file, Scan.reason(e));
        }
    }
}
