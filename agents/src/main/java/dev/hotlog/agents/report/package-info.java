// SPDX-License-Identifier: Apache-2.0

/// Reports: the cells of a log's index folded into rows. Pure: no files, no clocks.
@NullMarked
package dev.hotlog.agents.report;

import org.jspecify.annotations.NullMarked;
