// SPDX-License-Identifier: Apache-2.0
/// Bytes and values, one to the other, as docs/format.md says: no files, threads or clocks.
///
/// Reading never throws over what the bytes say; it gives a verdict, and the rooms above say in which file it was.
@NullMarked
package dev.hotlog.log.format;

import org.jspecify.annotations.NullMarked;
