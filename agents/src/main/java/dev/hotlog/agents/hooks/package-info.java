// SPDX-License-Identifier: Apache-2.0

/// Has agents tell Hotlog what they do as they do it, by their hooks.
///
/// [ClaudeCodeSettings] holds the entries; what they run, [HookCommand], is plain shell, and leaves what it is told in
/// the spool.
@NullMarked
package dev.hotlog.agents.hooks;

import org.jspecify.annotations.NullMarked;
