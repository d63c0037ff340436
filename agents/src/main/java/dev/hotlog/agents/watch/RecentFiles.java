// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files that were written to of late, of which more is to be expected. They are looked at, because not every
/// system tells that a file has grown: folders of other machines do not, and macOS takes its time.
final class RecentFiles {
    /// A file that was not written to for so long is looked at no more.
    private static final Duration RECENT = Duration.ofMinutes(5);

    private static final int MOST = 64;

    private final InstantSource clock;
    /// The one that was added longest ago comes first.
    private final Map<Path, Seen> files = new LinkedHashMap<>();

    private record Seen(long sizeBytes, long modifiedMillis) {}

    RecentFiles(InstantSource clock) {
        this.clock = clock;
    }

    /// To be told before the file is read, so that what comes after that is seen.
    void add(Path file) {
        files.remove(file);
        look(file).ifPresent(seen -> files.put(file, seen));
        if (files.size() > MOST) {
            files.remove(files.keySet().iterator().next());
        }
    }

    /// Those that are not as they were when they were added.
    Set<Path> changed() {
        Set<Path> changed = new LinkedHashSet<>();
        Iterator<Map.Entry<Path, Seen>> each = files.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Path, Seen> file = each.next();
            Optional<Seen> now = look(file.getKey());
            if (now.isEmpty()) {
                each.remove();
            } else if (!now.get().equals(file.getValue())) {
                changed.add(file.getKey());
            }
        }
        return changed;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /// Nothing when it is no file that was written to of late.
    private Optional<Seen> look(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            long modified = attributes.lastModifiedTime().toMillis();
            boolean recent = clock.millis() - modified < RECENT.toMillis();
            return attributes.isRegularFile() && recent
                    ? Optional.of(new Seen(attributes.size(), modified))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
