// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

/// The seqs of a session in an index in the heap. Immutable.
record LiveSeqs(long first, long last) implements SessionSeqs {}
