// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/// How far a file has been read, as a cursor of the log keeps it: JSON, under `file:<agent>:<path>`.
///
/// @param mark up to where
/// @param proof of what lies before that
/// @param stamp the file's, if it was read to its end then: one that has it still has nothing new
/// @param identity whose session it holds
/// @param recognising whether its seqs are no longer slots, so that its events are told by what they say
/// @param reader the reader's state, a JSON object
record FileCursor(
        Mark mark, FileProof proof, FileStamp stamp, Transcript.Identity identity, boolean recognising, String reader) {
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
        return new StateText()
                .put("position", mark.position())
                .put("line", mark.line())
                .put("seq", mark.seq())
                .put("head", proof.head())
                .put("tail", proof.tail())
                .put("size", stamp.sizeBytes())
                .put("modified", stamp.modifiedMillis())
                .put("key", stamp.key())
                .put("session", identity.sessionId())
                .put("parent", identity.parent())
                .put("subagent", identity.subagent() ? 1 : 0)
                .put("recognising", recognising ? 1 : 0)
                .putJson("reader", reader)
                .end();
    }

    /// The stamp alone: what it takes to see that a file has nothing new.
    static FileStamp stampIn(String text) {
        return parse(text).stamp();
    }

    static FileCursor parse(String text) {
        JsonSlice json = JsonSlice.of(text);
        return new FileCursor(
                new Mark(number(json, "position"), number(json, "line"), number(json, "seq")),
                new FileProof(json.at("head").text(), json.at("tail").text()),
                new FileStamp(
                        number(json, "size"),
                        number(json, "modified"),
                        json.at("key").text()),
                new Transcript.Identity(
                        json.at("session").text(), json.at("parent").text(), number(json, "subagent") == 1),
                number(json, "recognising") == 1,
                json.at("reader").toString());
    }

    private static long number(JsonSlice json, String name) {
        return json.at(name).number().orElse(0);
    }
}
