// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/// What is known of a file that was read, as a cursor of the log keeps it: JSON, under `file:<agent>:<path>`.
///
/// @param reached how far it was read
/// @param identity whose session it holds
/// @param recognising whether its seqs are no longer slots, so that its events are told by what they say
record FileCursor(Reached reached, Transcript.Identity identity, boolean recognising) {
    private static final int MAX_PATH_BYTES = 3500;

    /// The name of a file's cursor.
    static String source(String agent, Path file) {
        String path = file.toString();
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_PATH_BYTES) {
            path = "sha256:" + HexFormat.of().formatHex(FileProof.sha256().digest(utf8));
        }
        return "file:" + agent + ":" + path;
    }

    String asText() {
        StateText text = new StateText()
                .put("position", reached.mark().position())
                .put("line", reached.mark().line())
                .put("seq", reached.mark().seq())
                .put("head", reached.proof().head())
                .put("tail", reached.proof().tail())
                .put("size", reached.stamp().sizeBytes())
                .put("modified", reached.stamp().modifiedMillis())
                .put("key", reached.stamp().key())
                .put("session", identity.sessionId())
                .put("parent", identity.parent())
                .put("subagent", identity.subagent() ? 1 : 0)
                .put("recognising", recognising ? 1 : 0);
        if (reached.passedOver().count() > 0) {
            text.putJson("passed_over", reached.passedOver().asText());
        }
        return text.putJson("reader", reached.reader()).end();
    }

    /// The stamp alone: what it takes to see that a file has nothing new.
    static FileStamp stampIn(String text) {
        return stamp(JsonSlice.of(text));
    }

    /// @param file whose cursor it is
    static FileCursor parse(String text, Path file) {
        JsonSlice json = JsonSlice.of(text);
        return new FileCursor(
                new Reached(
                        new Mark(number(json, "position"), number(json, "line"), number(json, "seq")),
                        new FileProof(json.at("head").text(), json.at("tail").text()),
                        stamp(json),
                        PassedOver.parse(json.at("passed_over"), file),
                        json.at("reader").toString()),
                new Transcript.Identity(
                        json.at("session").text(), json.at("parent").text(), number(json, "subagent") == 1),
                number(json, "recognising") == 1);
    }

    private static FileStamp stamp(JsonSlice json) {
        return new FileStamp(
                number(json, "size"), number(json, "modified"), json.at("key").text());
    }

    private static long number(JsonSlice json, String name) {
        return json.at(name).number().orElse(0);
    }
}
