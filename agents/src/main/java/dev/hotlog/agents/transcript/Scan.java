// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Goes through a transcript, object by object, from a [Mark] on.
///
/// Several objects on one line are taken one by one. What is no JSON object is named and skipped to the end
/// of its line. The last line may be in the writing: whole objects on it are taken, and the scan ends
/// before a rest that is none, so that it is read once it is complete.
public final class Scan {
    private final Lines lines;
    private final TranscriptReader reader;
    private Mark mark;
    /// The next byte of the line at hand; at its end when another line is to be read.
    private int at;

    private boolean inLine;

    /// @param limit how much of the file to read
    public Scan(FileChannel channel, Mark from, long limit, TranscriptReader reader) {
        this.lines = new Lines(channel, from.position(), limit);
        this.reader = reader;
        this.mark = from;
    }

    /// What was met, and where the scan stands after it.
    public sealed interface Step {
        Mark after();

        record Taken(Piece piece, Mark after) implements Step {}

        /// @param line the line's number
        /// @param reason what it is instead of a JSON object
        record Bad(long line, String reason, Mark after) implements Step {}
    }

    /// The next object, or the next line that is none. Empty at the end; [#mark()] then tells where that is.
    public Optional<Step> next() throws IOException {
        while (true) {
            if (!inLine) {
                if (!lines.next()) {
                    return Optional.empty();
                }
                inLine = true;
                at = lines.start();
                if (lines.tooLongBytes() > 0) {
                    if (!lines.isTerminated()) {
                        return Optional.empty();
                    }
                    return bad("a line of " + lines.tooLongBytes() + " bytes, more than " + Lines.MAX_LINE_BYTES);
                }
            }
            skipBlanks();
            if (at < lines.end()) {
                return object();
            }
            endLine();
        }
    }

    private Optional<Step> object() {
        if (lines.bytes()[at] != '{') {
            return notAnObject("not a JSON object");
        }
        try {
            JsonSlice object = JsonSlice.objectAt(lines.bytes(), at, lines.end());
            Piece piece = reader.read(object, mark.seq());
            at = object.end();
            mark = new Mark(lines.positionOf(at), mark.line(), mark.seq() + piece.slots());
            return Optional.of(new Step.Taken(piece, mark));
        } catch (JacksonException e) {
            return notAnObject(reason(e));
        }
    }

    private Optional<Step> notAnObject(String reason) {
        return lines.isTerminated() ? bad(reason) : Optional.empty();
    }

    private Optional<Step> bad(String reason) {
        long line = mark.line();
        endLine();
        return Optional.of(new Step.Bad(line, reason, mark));
    }

    private void endLine() {
        inLine = false;
        mark = new Mark(lines.nextPosition(), mark.line() + (lines.isTerminated() ? 1 : 0), mark.seq());
    }

    private void skipBlanks() {
        byte[] bytes = lines.bytes();
        while (at < lines.end() && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
    }

    /// Why bytes are no JSON, on one line.
    public static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        int newline = message.indexOf('\n');
        return "not JSON: " + (newline < 0 ? message : message.substring(0, newline));
    }

    /// Where the scan stands: everything before is taken or named.
    public Mark mark() {
        return mark;
    }
}
