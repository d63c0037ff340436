// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// How a listing is written.
enum Form {
    /// For people.
    TABLE,
    JSON,
    CSV
}
