// SPDX-License-Identifier: Apache-2.0
/// What fuzz tests are written with: many inputs for one target, each held to what a parser owes.
@NullMarked
package dev.hotlog.fuzz;

import org.jspecify.annotations.NullMarked;
