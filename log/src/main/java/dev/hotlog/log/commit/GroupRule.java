// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

/// When a group of waiting frames is forced: as soon as one of these is reached.
///
/// @param bytes of frames, 1 or more
/// @param events 1 or more
/// @param waitNanos since the first frame came
public record GroupRule(int bytes, int events, long waitNanos) {}
