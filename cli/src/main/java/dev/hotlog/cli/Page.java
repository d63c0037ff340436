// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// Standard output: data, as text or JSON, buffered until [#flush] or until there is much of it.
final class Page {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream bytes;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable JsonGenerator json;

    Page(OutputStream out) {
        bytes = new BufferedOutputStream(new PipeOutput(out), BUFFER_BYTES);
    }

    void text(String text) throws IOException {
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void line(String line) throws IOException {
        text(line);
        bytes.write('\n');
    }

    void line() throws IOException {
        bytes.write('\n');
    }

    /// What JSON is written with: one value after another, each to be ended by [#endJson]. It writes to memory, so
    /// that it does not fail.
    JsonGenerator json() {
        JsonGenerator started = json;
        if (started == null) {
            started = JsonFactory.builder()
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .rootValueSeparator("")
                    .build()
                    .createGenerator(ObjectWriteContext.empty(), written, JsonEncoding.UTF8);
            json = started;
        }
        return started;
    }

    /// Takes over what was written of a JSON value, so that a long one needs no memory.
    void spillJson() throws IOException {
        json().flush();
        written.writeTo(bytes);
        written.reset();
    }

    /// Ends a JSON value, and its line.
    void endJson() throws IOException {
        spillJson();
        bytes.write('\n');
    }

    /// Writes bytes amid a JSON value, after what [#json] wrote so far.
    void rawJson(byte[] utf8) throws IOException {
        spillJson();
        bytes.write(utf8);
    }

    /// Hands all that was written to whoever reads it.
    void flush() throws IOException {
        bytes.flush();
    }
}
