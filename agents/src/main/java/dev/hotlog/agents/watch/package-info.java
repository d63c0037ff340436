// SPDX-License-Identifier: Apache-2.0

/// Stays, and takes in what agents write as they write it.
///
/// [Watch] follows the agents' folders and has what changed imported. What changes the system tells [FolderWatch];
/// where it does not, [RecentFiles] looks, and a sweep over everything finds the rest.
@NullMarked
package dev.hotlog.agents.watch;

import org.jspecify.annotations.NullMarked;
