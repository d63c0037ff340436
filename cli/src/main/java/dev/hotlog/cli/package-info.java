// SPDX-License-Identifier: Apache-2.0

/// The `hotlog` command: verbs and what they print.
@NullMarked
package dev.hotlog.cli;

import org.jspecify.annotations.NullMarked;
