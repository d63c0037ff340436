// SPDX-License-Identifier: Apache-2.0

/// What agents left behind: transcripts in, reports out.
@NullMarked
package dev.hotlog.agents;

import org.jspecify.annotations.NullMarked;
