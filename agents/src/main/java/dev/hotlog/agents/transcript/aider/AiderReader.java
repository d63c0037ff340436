// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.aider;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.SessionFacts;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one chat, part by part. It has one time, and that without a zone, so that all times are estimates.
///
/// What it says of tokens and costs is rounded, and stays the text that it is.
final class AiderReader extends SessionReader {
    private static final Pattern MODEL = Pattern.compile("(?:Main model|Models?): (\\S+?),? with .*");
    private static final Pattern VERSION = Pattern.compile("Aider v(\\S+).*", Pattern.CASE_INSENSITIVE);

    /// Commands that hand on what follows to the model.
    private static final Pattern ASKING = Pattern.compile("/(?:ask|code|architect)\\s+(.*)", Pattern.DOTALL);

    AiderReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected OptionalLong timeOf(JsonSlice part) {
        return OptionalLong.empty();
    }

    @Override
    protected void take(JsonSlice part, PieceBuilder piece) {
        JsonSlice text = part.at("text");
        switch (part.at("type").word().orElse("")) {
            case "start" -> {
                piece.event(Kind.LIFECYCLE, payload("session_start", text));
                piece.fact(SessionFacts.WORKSPACE, part.at(ChatParts.FOLDER).word());
            }
            case "user" -> {
                piece.event(Kind.MESSAGE, payload("prompt", text));
                title(Title.Giver.FIRST_PROMPT, asked(text.beginning(ENOUGH_BYTES)), piece);
            }
            case "assistant" ->
                piece.event(Kind.MESSAGE, payload("answer", text)).model(model());
            case "info" -> info(text, piece);
            default -> piece.event(Kind.LIFECYCLE, payload("unknown", part));
        }
    }

    private static Json payload(String word, JsonSlice text) {
        return Payload.of(word).with("block", text).json();
    }

    /// What a prompt asks of the model; a command that only sets the program asks nothing.
    private static String asked(String prompt) {
        Matcher asking = ASKING.matcher(prompt);
        if (asking.matches()) {
            return asking.group(1);
        }
        return prompt.startsWith("/") ? "" : prompt;
    }

    private void info(JsonSlice text, PieceBuilder piece) {
        String info = text.beginning(ENOUGH_BYTES);
        Matcher model = MODEL.matcher(info);
        Matcher version = VERSION.matcher(info);
        if (model.matches()) {
            model(JsonSlice.text(model.group(1)), piece);
        } else if (version.matches()) {
            piece.fact(SessionFacts.VERSION, Optional.of(version.group(1)));
        }
        boolean interrupted = info.equals("^C KeyboardInterrupt");
        boolean counted = info.startsWith("Tokens: ");
        piece.event(Kind.LIFECYCLE, payload(interrupted ? "interruption" : counted ? "tokens" : "info", text));
    }
}
