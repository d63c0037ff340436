// SPDX-License-Identifier: Apache-2.0
/// Names to files, maps and locks: the only room that touches the disk, and the seam at which tests put a faulty one.
@NullMarked
package dev.hotlog.log.storage;

import org.jspecify.annotations.NullMarked;
