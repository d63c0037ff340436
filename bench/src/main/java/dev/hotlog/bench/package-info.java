// SPDX-License-Identifier: Apache-2.0

/// What Hotlog costs, measured.
@NullMarked
package dev.hotlog.bench;

import org.jspecify.annotations.NullMarked;
