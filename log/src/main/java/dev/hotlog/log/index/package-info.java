// SPDX-License-Identifier: Apache-2.0
/// Session to seqs to positions, and the sums of a segment: derived from its frames, and rebuilt from them when lost.
@NullMarked
package dev.hotlog.log.index;

import org.jspecify.annotations.NullMarked;
