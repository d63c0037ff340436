// SPDX-License-Identifier: Apache-2.0
/// Segment files: their names, what is in them, the one that grows, and how far it is published.
@NullMarked
package dev.hotlog.log.segment;

import org.jspecify.annotations.NullMarked;
