// SPDX-License-Identifier: Apache-2.0
/// Hotlog's engine: an embedded, crash-safe, indexed append log for the events of AI coding agents.
module dev.hotlog.log {
    requires static transitive org.jspecify;

    exports dev.hotlog.event;
    exports dev.hotlog.log;
}
