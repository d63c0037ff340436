// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names of a folder, twice: live, as every process sees them, and durable, as the disk is known to have
/// them.
///
/// Until the folder is forced a power cut may undo each change by itself, whatever came of the others; a rename
/// may also leave the file under both names. Files of a folder within have the name `folder/name`.
final class SimulatedNames {
    private final SortedMap<String, SimulatedFile> live;
    private final SortedMap<String, SimulatedFile> durable;
    private final List<Change> pending = new ArrayList<>();

    private sealed interface Change {
        record Link(String name, SimulatedFile file) implements Change {}

        record Unlink(String name) implements Change {}

        record Rename(String from, String to, SimulatedFile file) implements Change {}
    }

    SimulatedNames(Map<String, SimulatedFile> files) {
        live = new TreeMap<>(files);
        durable = new TreeMap<>(files);
    }

    SortedMap<String, SimulatedFile> live() {
        return live;
    }

    @Nullable
    SimulatedFile file(String name) {
        return live.get(name);
    }

    void create(String name, SimulatedFile file) {
        change(new Change.Link(name, file));
    }

    void rename(String from, String to) {
        change(new Change.Rename(from, to, live.get(from)));
    }

    void link(String name, String second) {
        change(new Change.Link(second, live.get(name)));
    }

    void delete(String name) {
        if (live.containsKey(name)) {
            change(new Change.Unlink(name));
        }
    }

    private void change(Change change) {
        pending.add(change);
        apply(change, live, Chooser.newest());
    }

    private static void apply(Change change, Map<String, SimulatedFile> names, Chooser chooser) {
        switch (change) {
            case Change.Link(String name, SimulatedFile file) -> {
                if (chooser.choose(2) == 1) {
                    names.put(name, file);
                }
            }
            case Change.Unlink(String name) -> {
                if (chooser.choose(2) == 1) {
                    names.remove(name);
                }
            }
            case Change.Rename(String from, String to, SimulatedFile file) -> {
                int outcome = chooser.choose(3);
                if (outcome >= 1) {
                    names.put(to, file);
                }
                if (outcome == 2) {
                    names.remove(from);
                }
            }
        }
    }

    /// All changes so far are on disk, but for those that a failed force was about.
    void force() {
        settle(Chooser.newest());
    }

    /// Some of the changes are on disk; no later force brings the others there.
    void failForce(Chooser chooser) {
        settle(chooser);
    }

    private void settle(Chooser chooser) {
        pending.forEach(change -> apply(change, durable, chooser));
        pending.clear();
    }

    /// The names as a power cut may leave them.
    SortedMap<String, SimulatedFile> crashed(Chooser chooser) {
        SortedMap<String, SimulatedFile> names = new TreeMap<>(durable);
        pending.forEach(change -> apply(change, names, chooser));
        return names;
    }
}
