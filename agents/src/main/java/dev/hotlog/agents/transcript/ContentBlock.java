// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import java.util.Optional;

/// One block of a message as Anthropic's API has them, and as several agents keep them, whatever model they
/// ask: a text, a thought, a call of a tool, or what came of one.
public final class ContentBlock {
    private ContentBlock() {}

    public static String type(JsonSlice block) {
        return block.isText() ? "text" : block.at("type").word().orElse("unknown");
    }

    /// The event of a block that the model or a tool has given.
    public static Event.Builder event(JsonSlice block, Blocks blocks, OpenCalls calls) {
        String type = type(block);
        return switch (type) {
            case "text" -> blocks.event(Kind.MESSAGE, "answer", block);
            case "thinking", "redacted_thinking" -> blocks.event(Kind.MESSAGE, "thinking", block);
            case "tool_use", "server_tool_use", "mcp_tool_use", "tool_call" -> call(block, blocks, calls);
            default -> isResult(type) ? result(block, blocks, calls) : blocks.event(Kind.LIFECYCLE, type, block);
        };
    }

    public static boolean isResult(String type) {
        return type.endsWith("tool_result") || type.equals("tool-result");
    }

    private static Event.Builder call(JsonSlice block, Blocks blocks, OpenCalls calls) {
        Optional<String> id = block.at("id").word();
        Optional<String> tool = block.at("name").word();
        id.ifPresent(call -> tool.ifPresent(name -> calls.called(call, name)));
        return blocks.event(Kind.TOOL_CALL, "tool_call", block)
                .tool(tool.orElse(null))
                .toolCallId(id.orElse(null));
    }

    private static Event.Builder result(JsonSlice block, Blocks blocks, OpenCalls calls) {
        Optional<String> id =
                block.at("tool_use_id").word().or(() -> block.at("toolUseID").word());
        return blocks.event(Kind.TOOL_RESULT, "tool_result", block)
                .tool(id.flatMap(calls::answered)
                        .or(() -> block.at("name").word())
                        .orElse(null))
                .toolCallId(id.orElse(null))
                .stopReason(block.at("is_error").isTrue() ? "error" : null);
    }
}
