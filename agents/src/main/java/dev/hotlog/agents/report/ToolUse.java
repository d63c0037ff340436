// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

/// How a tool was used.
///
/// @param calls of it
/// @param errors events of it that went wrong
/// @param times of those calls of which it is known how long they took
public record ToolUse(String tool, long calls, long errors, Durations times) {}
