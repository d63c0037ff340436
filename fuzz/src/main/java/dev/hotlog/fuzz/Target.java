// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.fuzz;

/// What is fuzzed. Takes any bytes, and throws when something is wrong: it catches what is documented itself.
@FunctionalInterface
public interface Target {
    /// @throws Exception which no input may bring about
    void take(byte[] input) throws Exception;
}
