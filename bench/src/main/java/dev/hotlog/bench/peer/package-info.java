// SPDX-License-Identifier: Apache-2.0
/// Other stores that could keep the same events, each set up as its own documentation advises.
@NullMarked
package dev.hotlog.bench.peer;

import org.jspecify.annotations.NullMarked;
