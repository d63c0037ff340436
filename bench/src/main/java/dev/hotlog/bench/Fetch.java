// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

/// Whether a program to measure beside may be fetched from its registry.
enum Fetch {
    NOTHING,
    WHAT_IS_MISSING
}
