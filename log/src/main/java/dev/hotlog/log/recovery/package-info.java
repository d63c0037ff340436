// SPDX-License-Identifier: Apache-2.0
/// Files as found become a log fit to append to, and a report. Ends before the writer exists.
@NullMarked
package dev.hotlog.log.recovery;

import org.jspecify.annotations.NullMarked;
