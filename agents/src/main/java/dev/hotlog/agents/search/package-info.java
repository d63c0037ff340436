// SPDX-License-Identifier: Apache-2.0

/// Looks for a text in all that agents and their tools said, newest first. There is no index: the events
/// are read, and most of them are told from what is looked for by their bytes, before anything is made of
/// them.
@NullMarked
package dev.hotlog.agents.search;

import org.jspecify.annotations.NullMarked;
