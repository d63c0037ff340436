// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// A session had events in a quarter of an hour.
///
/// @param quarterMillis the start of the quarter of an hour, in milliseconds since 1970 UTC
public record Activity(String sessionId, long quarterMillis) {}
