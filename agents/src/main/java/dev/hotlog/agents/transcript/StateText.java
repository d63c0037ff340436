// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a state as a JSON object, to be kept in a cursor and read back as a [JsonSlice].
public final class StateText {
    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text);

    public StateText() {
        json.writeStartObject();
    }

    public StateText put(String name, long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    /// An empty text is left out.
    public StateText put(String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
        return this;
    }

    /// An empty map is left out.
    public StateText put(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            json.writeObjectPropertyStart(name);
            values.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return this;
    }

    /// An object that is JSON already.
    public StateText putJson(String name, String object) {
        json.writeName(name);
        json.writeRawValue(object);
        return this;
    }

    /// The object, once.
    public String end() {
        json.writeEndObject();
        json.close();
        return text.toString();
    }
}
