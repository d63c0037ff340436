// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A file of JSON Lines, an object for each event, as agents themselves write them: no index, no checks.
final class JsonLinesStore implements Store {
    private static final String SEQ = "seq";
    private static final String TIME = "ts_ms";
    private static final String TOKENS_OUT = Measure.TOKENS_OUT.jsonName();
    private static final String PAYLOAD = "payload";

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Path file;
    private final FileChannel channel;
    private final Sync sync;

    JsonLinesStore(Path folder, Sync sync) throws IOException {
        this.sync = sync;
        file = folder.resolve("events.jsonl");
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    }

    @Override
    public void append(List<Event> transaction) throws IOException {
        lines.reset();
        for (Event event : transaction) {
            try (JsonGenerator line = json.createGenerator(ObjectWriteContext.empty(), lines)) {
                write(event, line);
            }
            lines.write('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (sync == Sync.EACH_TRANSACTION) {
            channel.force(false);
        }
    }

    private static void write(Event event, JsonGenerator line) {
        line.writeStartObject();
        line.writeStringProperty("session_id", event.sessionId());
        line.writeNumberProperty(SEQ, event.seq());
        line.writeNumberProperty(TIME, event.tsMillis());
        line.writeBooleanProperty("ts_exact", event.tsExact());
        line.writeStringProperty("kind", event.kind().name());
        line.writeStringProperty("source", event.source().name());
        text(line, "tool", event.tool());
        text(line, "tool_call_id", event.toolCallId());
        text(line, "stop_reason", event.stopReason());
        text(line, "model", event.model());
        for (Measure measure : Measure.ALL) {
            if (event.has(measure)) {
                line.writeNumberProperty(measure.jsonName(), event.measure(measure));
            }
        }
        line.writeName(PAYLOAD);
        line.writeRawValue(event.payload().toString());
        line.writeEndObject();
    }

    private static void text(JsonGenerator line, String name, Optional<String> value) {
        value.ifPresent(text -> line.writeStringProperty(name, text));
    }

    @Override
    public void scan(Fields each) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), file)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                read(parser, each);
            }
        }
    }

    private static void read(JsonParser parser, Fields each) {
        long seq = 0;
        long millis = 0;
        long tokensOut = Measure.ABSENT;
        long payloadBytes = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(SEQ)) {
                seq = parser.getLongValue();
            } else if (name.equals(TIME)) {
                millis = parser.getLongValue();
            } else if (name.equals(TOKENS_OUT)) {
                tokensOut = parser.getLongValue();
            } else if (name.equals(PAYLOAD)) {
                long start = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                payloadBytes = parser.currentLocation().getByteOffset() - start;
            }
        }
        each.event(seq, millis, tokensOut, (int) payloadBytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
