// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads whole transcripts for tests.
public final class Transcripts {
    private Transcripts() {}

    /// What a file gave.
    ///
    /// @param rest how many bytes at its end were left for later
    public record Reading(
            String sessionId,
            List<Event> events,
            List<Usage> usage,
            Map<String, String> facts,
            List<Scan.Step.Bad> bad,
            long rest,
            Mark mark,
            String state) {
        /// The events' types, with their kinds: `message prompt`.
        public List<String> words() {
            return events.stream().map(Transcripts::word).toList();
        }

        public Event event(String word) {
            return events.stream().filter(e -> word(e).equals(word)).findFirst().orElseThrow();
        }
    }

    public static String word(Event event) {
        return event.kind().name() + " " + payload(event).at("type").text();
    }

    public static JsonSlice payload(Event event) {
        return JsonSlice.of(event.payload().toString());
    }

    public static Reading read(Transcript transcript, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Head head = Head.read(channel, channel.size(), transcript);
            Transcript.Identity identity = transcript.identity(file, head);
            return read(channel, Mark.START, identity, transcript.reader(identity, head, Optional.empty()));
        }
    }

    /// Reads a transcript that is none of lines.
    public static Reading read(Transcript transcript, Whole whole) throws IOException {
        Head head = Head.read(whole, transcript);
        Transcript.Identity identity = transcript.identity(whole.path(), head);
        TranscriptReader reader = transcript.readerOfWhole(identity, head);
        Reading reading = new Reading(
                identity.sessionId(),
                new ArrayList<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new ArrayList<>(),
                0,
                Mark.START,
                "{}");
        long seq = 0;
        try (Whole.Reading objects = whole.objects()) {
            for (Optional<Whole.Step> step = objects.next(); step.isPresent(); step = objects.next()) {
                switch (step.get()) {
                    case Whole.Step.Bad bad -> reading.bad().add(new Scan.Step.Bad(seq, bad.reason(), Mark.START));
                    case Whole.Step.Taken(JsonSlice object) -> {
                        Piece piece = reader.read(object, seq);
                        seq += piece.slots();
                        reading.events().addAll(piece.events());
                        reading.usage().addAll(piece.usage());
                        reading.facts().putAll(piece.facts());
                    }
                }
            }
        }
        return reading;
    }

    /// The sum over what calls are said to have used.
    public static long sum(Reading reading, Measure measure) {
        return reading.usage().stream()
                .map(Usage::cost)
                .filter(cost -> cost.has(measure))
                .mapToLong(cost -> cost.measure(measure))
                .sum();
    }

    /// Goes on where an earlier reading ended.
    public static Reading readOn(Transcript transcript, Path file, Reading earlier) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Transcript.Identity identity = transcript.identity(file, Head.EMPTY);
            return read(
                    channel,
                    earlier.mark(),
                    identity,
                    transcript.reader(identity, Head.EMPTY, Optional.of(earlier.state())));
        }
    }

    private static Reading read(FileChannel channel, Mark from, Transcript.Identity identity, TranscriptReader reader)
            throws IOException {
        List<Event> events = new ArrayList<>();
        List<Usage> usage = new ArrayList<>();
        Map<String, String> facts = new HashMap<>();
        List<Scan.Step.Bad> bad = new ArrayList<>();
        Scan scan = new Scan(channel, from, channel.size(), reader);
        for (Optional<Scan.Step> step = scan.next(); step.isPresent(); step = scan.next()) {
            switch (step.get()) {
                case Scan.Step.Bad line -> bad.add(line);
                case Scan.Step.Taken taken -> {
                    Piece piece = taken.piece();
                    events.addAll(piece.events());
                    usage.addAll(piece.usage());
                    facts.putAll(piece.facts());
                }
            }
        }
        Mark mark = scan.mark();
        return new Reading(
                identity.sessionId(),
                events,
                usage,
                facts,
                bad,
                channel.size() - mark.position(),
                mark,
                reader.state());
    }

    /// All transcripts of the agent under a home, by path.
    public static List<Path> files(Transcript transcript, Path home) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : transcript.roots(home, Map.of())) {
            if (Files.isDirectory(root)) {
                try (var all = Files.walk(root)) {
                    all.filter(Files::isRegularFile)
                            .filter(transcript::isTranscript)
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    /// Any ranges of a text, for what is package-private.
    public static JsonSlice object(String json) {
        return JsonSlice.of(json);
    }
}
