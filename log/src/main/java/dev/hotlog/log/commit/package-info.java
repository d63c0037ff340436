// SPDX-License-Identifier: Apache-2.0
/// Waiting batches become one write, one force, and are acknowledged.
@NullMarked
package dev.hotlog.log.commit;

import org.jspecify.annotations.NullMarked;
