// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// What damage costs one session, as far as indexes tell.
///
/// @param events how many of its events cannot be read
public record SessionLoss(String sessionId, long events) {}
