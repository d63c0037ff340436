// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Tells which files change in some places, as far as the system tells: folders with all below them, single files, and
/// places that are not there yet.
///
/// A folder is watched before its files are looked at, so that none slips through in between. Files that are in a new
/// folder count as changed. Files of a folder are named under its real path, since it is a tree that links may lead
/// into; others as they were asked for.
///
/// Close may come from any thread; the rest is for one.
final class FolderWatch implements Closeable {
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY
    };

    /// None where the system can have no more of them.
    private final Optional<WatchService> service;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Path> places;
    private final BiConsumer<Path, IOException> unwatched;

    private final Map<WatchKey, Path> folders = new HashMap<>();
    /// The folders that are watched with all below them.
    private final Set<Path> trees = new HashSet<>();
    /// The places that are not there, or no more; each with the folder above that is watched for it.
    private final Map<Path, Path> awaited = new LinkedHashMap<>();

    private FolderWatch(Optional<WatchService> service, List<Path> places, BiConsumer<Path, IOException> unwatched) {
        this.service = service;
        this.places = List.copyOf(places);
        this.unwatched = unwatched;
    }

    /// @param unwatched is told why a folder cannot be watched
    static FolderWatch of(List<Path> places, BiConsumer<Path, IOException> unwatched) {
        FolderWatch watch = new FolderWatch(service(places.getFirst(), unwatched), places, unwatched);
        watch.places.forEach(place -> watch.settle(place, new HashSet<>()));
        return watch;
    }

    private static Optional<WatchService> service(Path first, BiConsumer<Path, IOException> unwatched) {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            unwatched.accept(first, e);
            return Optional.empty();
        }
    }

    /// What has changed.
    ///
    /// @param files in the order in which it was told; some of them may be gone
    /// @param missed whether the system lost count, so that anything may have changed
    record Changes(Set<Path> files, boolean missed) {
        boolean isEmpty() {
            return files.isEmpty() && !missed;
        }

        Changes and(Changes more) {
            Set<Path> all = new LinkedHashSet<>(files);
            all.addAll(more.files);
            return new Changes(all, missed || more.missed);
        }
    }

    /// Waits until something changes, or for as long as that.
    ///
    /// @throws ClosedWatchServiceException when this is closed, also while it waits
    Changes await(Duration patience) throws InterruptedException {
        Set<Path> files = new LinkedHashSet<>();
        boolean missed = false;
        for (Optional<WatchKey> key = next(patience); key.isPresent(); key = next(Duration.ZERO)) {
            missed |= take(key.get(), files);
        }
        if (missed) {
            // Of a folder that was made nobody may have told.
            places.forEach(place -> settle(place, files));
        }
        return new Changes(files, missed);
    }

    private Optional<WatchKey> next(Duration patience) throws InterruptedException {
        if (service.isPresent()) {
            return Optional.ofNullable(service.get().poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        }
        if (closed.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ClosedWatchServiceException();
        }
        return Optional.empty();
    }

    /// What changes within that time.
    Changes gather(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        Changes all = new Changes(Set.of(), false);
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            all = all.and(await(Duration.ofNanos(left)));
        }
        return all;
    }

    /// Looks again for the places that were not there: whoever makes a folder and another one in it may be quicker
    /// than the one who watches.
    ///
    /// @return the files that are in those that have come
    Set<Path> lookAgain() {
        Set<Path> files = new LinkedHashSet<>();
        for (Path place : List.copyOf(awaited.keySet())) {
            settle(place, files);
        }
        return files;
    }

    private boolean take(WatchKey key, Set<Path> files) {
        boolean missed = false;
        Path folder = folders.getOrDefault(key, (Path) key.watchable());
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                changed(folder, folder.resolve(name), files);
            } else {
                missed = true;
            }
        }
        if (!key.reset()) {
            folders.remove(key);
            lost(folder, files);
        }
        return missed;
    }

    private void changed(Path folder, Path path, Set<Path> files) {
        if (Files.isDirectory(path)) {
            if (trees.stream().anyMatch(folder::startsWith)) {
                watchTree(path, files);
            }
        } else {
            files.add(path);
        }
        for (Path place : List.copyOf(awaited.keySet())) {
            if (place.startsWith(path)) {
                settle(place, files);
            }
        }
    }

    /// A watched folder is gone.
    private void lost(Path folder, Set<Path> files) {
        boolean wasTree = trees.remove(folder);
        for (Path place : places) {
            if ((wasTree && Files.notExists(place))
                    || folder.equals(awaited.get(place))
                    || folder.equals(place.getParent())) {
                settle(place, files);
            }
        }
    }

    /// Watches a place, or as long as it is not there, what is above it.
    ///
    /// @param files to which are added those in it
    private void settle(Path place, Set<Path> files) {
        try {
            while (!isSettled(place, files)) {
                Thread.onSpinWait(); // a folder has gone under our eyes: look again
            }
        } catch (IOException e) {
            unwatched.accept(place, e);
        }
    }

    private boolean isSettled(Path place, Set<Path> files) throws IOException {
        try {
            awaited.remove(place);
            awaitBelow(place);
            if (Files.isDirectory(place)) {
                Path tree = place.toRealPath();
                awaited.remove(place);
                trees.add(tree);
                watchTree(tree, files);
            } else if (Files.isRegularFile(place)) {
                awaited.remove(place);
                files.add(place);
            }
            return true;
        } catch (NoSuchFileException | NotDirectoryException _) {
            return false;
        }
    }

    /// Watches the folder above a place that is not there, and those between that are made meanwhile.
    private void awaitBelow(Path place) throws IOException {
        Optional<Path> nearest = folderAbove(place);
        while (nearest.isPresent() && !Files.isDirectory(place)) {
            Path above = nearest.get();
            awaited.put(place, above);
            watch(above);
            // What is made in it before it is watched nobody tells of: look again after that.
            nearest = folderAbove(place).filter(folder -> !folder.equals(above));
        }
    }

    private static Optional<Path> folderAbove(Path place) {
        for (Path above = place.getParent(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above)) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private void watch(Path folder) throws IOException {
        if (service.isPresent()) {
            // The same folder under a new name has the key that it had.
            folders.put(folder.register(service.get(), KINDS), folder);
        }
    }

    private void watchTree(Path tree, Set<Path> files) {
        try {
            Files.walkFileTree(
                    tree, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            try {
                                watch(folder);
                            } catch (NoSuchFileException | NotDirectoryException _) {
                                return FileVisitResult.SKIP_SUBTREE; // has just gone
                            } catch (IOException e) {
                                unwatched.accept(folder, e);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            files.add(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE; // whoever reads it tells
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path folder, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            unwatched.accept(tree, e);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        if (service.isPresent()) {
            service.get().close();
        }
    }
}
