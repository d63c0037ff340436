// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Kind;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The texts that cells are named by, each kept once: a cell holds numbers. For one thread.
///
/// A model or tool is [#NONE], or one more than the ordinal of its text. A kind is its place in [Kind#KNOWN] plus one,
/// or [#OPEN_KINDS] and the ordinal of its text.
final class CellNames {
    static final int NONE = 0;
    static final int OPEN_KINDS = 32;

    private final Utf8Table utf8 = new Utf8Table();
    private final List<Optional<String>> texts = new ArrayList<>();
    private int lastModel = NONE;

    int kind(EventFrame event) {
        int code = event.kindCode();
        return code == 0 ? openKind(event.kind()) : code;
    }

    // A text may turn out to be a known kind in its other spelling.
    private int openKind(Kind kind) {
        int known = Kind.KNOWN.indexOf(kind);
        return known >= 0 ? known + 1 : OPEN_KINDS + ordinalOf(kind.name());
    }

    private int ordinalOf(String text) {
        return kept(utf8.findOrAdd(text.getBytes(StandardCharsets.UTF_8)));
    }

    // Models come in runs, tools do not.
    int model(EventFrame event) {
        long span = event.modelSpan();
        if (lastModel == NONE || !Utf8.isAt(event.memory(), span, utf8.text(lastModel - 1))) {
            int model = name(event, span);
            lastModel = model == NONE ? lastModel : model;
            return model;
        }
        return lastModel;
    }

    int tool(EventFrame event) {
        return name(event, event.toolSpan());
    }

    // An empty text is none.
    private int name(EventFrame event, long span) {
        return Span.lengthBytes(span) == 0 ? NONE : kept(utf8.findOrAdd(event.memory(), span)) + 1;
    }

    private int kept(int ordinal) {
        if (ordinal == texts.size()) {
            texts.add(Optional.of(new String(utf8.text(ordinal), StandardCharsets.UTF_8)));
        }
        return ordinal;
    }

    Optional<String> text(int name) {
        return name == NONE ? Optional.empty() : texts.get(name - 1);
    }

    Kind kind(int number) {
        return number < OPEN_KINDS
                ? Kind.KNOWN.get(number - 1)
                : new Kind(texts.get(number - OPEN_KINDS).orElseThrow());
    }

    /// All texts, by ordinal.
    Utf8Table utf8() {
        return utf8;
    }
}
