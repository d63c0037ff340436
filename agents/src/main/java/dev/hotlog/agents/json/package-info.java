// SPDX-License-Identifier: Apache-2.0

/// What all that goes through the bytes of JSON has in common, whatever it looks for there.
@NullMarked
package dev.hotlog.agents.json;

import org.jspecify.annotations.NullMarked;
