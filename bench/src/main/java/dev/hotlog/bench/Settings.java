// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What to measure, and how long.
///
/// @param events of a round
/// @param rounds of ours and the baseline in turn
/// @param root of the project
/// @param commit that was built, for the head of the table
/// @param folder to write logs in
/// @param parts in no order
/// @param peers to measure beside, each in a process of its own; in such a process, the one it is for
/// @param fetch what may be fetched to measure beside
/// @param sizes of the logs whose growth is measured, in events, ascending
/// @param svg where the growth is drawn
record Settings(
        int events,
        int rounds,
        Path root,
        String commit,
        Path folder,
        Set<Part> parts,
        Set<Peer> peers,
        Fetch fetch,
        List<Integer> sizes,
        Path svg) {
    private static final int EVENTS = 1_000_000;
    private static final int ROUNDS = 5;
    private static final int QUICK_EVENTS = 10_000;
    private static final int QUICK_ROUNDS = 1;
    private static final int LEAST_EVENTS = 10_000;
    private static final List<Integer> SIZES = List.of(100_000, 1_000_000, 10_000_000);
    private static final List<Integer> QUICK_SIZES = List.of(10_000, 30_000);
    /// Where the build puts its files, within the project.
    static final Path TARGET = Path.of("bench", "target");
    private static final Path SVG = Path.of("docs", "growth.svg");
    /// The growth of smaller logs does not replace that in the docs.
    private static final Path SMALL_SVG = TARGET.resolve("growth.svg");
    private static final String NO_PEERS = "none";

    Settings {
        if (events < LEAST_EVENTS) {
            throw new IllegalArgumentException("--events " + events + " is less than " + LEAST_EVENTS);
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds " + rounds + " is less than 1");
        }
        if (sizes.getFirst() < LEAST_EVENTS) {
            throw new IllegalArgumentException("--sizes: " + sizes.getFirst() + " is less than " + LEAST_EVENTS);
        }
    }

    /// @throws IllegalArgumentException when a word is not understood
    static Settings parse(List<String> words) {
        int events = EVENTS;
        int rounds = ROUNDS;
        Path root = Path.of("").toAbsolutePath();
        String commit = "unknown";
        Optional<Path> folder = Optional.empty();
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Set<Peer> peers = EnumSet.allOf(Peer.class);
        Fetch fetch = Fetch.WHAT_IS_MISSING;
        List<Integer> sizes = SIZES;
        Optional<Path> svg = Optional.empty();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--events" -> events = number(word, value(word, rest));
                case "--rounds" -> rounds = number(word, value(word, rest));
                case "--root" -> root = Path.of(value(word, rest));
                case "--commit" -> commit = value(word, rest);
                case "--dir" -> folder = Optional.of(Path.of(value(word, rest)));
                case "--peers" -> peers = peers(value(word, rest));
                case "--offline" -> fetch = Fetch.NOTHING;
                case "--sizes" -> sizes = sizes(word, value(word, rest));
                case "--svg" -> svg = Optional.of(Path.of(value(word, rest)));
                case "--quick" -> {
                    events = QUICK_EVENTS;
                    rounds = QUICK_ROUNDS;
                    sizes = QUICK_SIZES;
                    fetch = Fetch.NOTHING;
                }
                default -> parts.add(Part.named(word));
            }
        }
        if (parts.isEmpty()) {
            parts.addAll(Part.MEASURED);
        }
        Path svgInRoot = sizes.getLast() < SIZES.getLast() ? SMALL_SVG : SVG;
        return new Settings(
                events,
                rounds,
                root,
                commit,
                folder.orElse(root.resolve(TARGET)).toAbsolutePath(),
                parts,
                peers,
                fetch,
                sizes,
                svg.orElse(root.resolve(svgInRoot)).toAbsolutePath());
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static Set<Peer> peers(String list) {
        Set<Peer> peers = EnumSet.noneOf(Peer.class);
        if (!list.equals(NO_PEERS)) {
            for (String word : list.split(",")) {
                peers.add(Peer.named(word));
            }
        }
        return peers;
    }

    private static List<Integer> sizes(String option, String list) {
        return Stream.of(list.split(","))
                .map(size -> number(option, size))
                .sorted()
                .toList();
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value.replace("_", "").replace(",", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " " + value + " is not a number", e);
        }
    }

    /// The words that [#parse] makes these settings of, but for the parts: for a process that measures one.
    List<String> words(Part part) {
        List<String> words = new ArrayList<>(List.of("--events", Integer.toString(events)));
        words.addAll(List.of("--rounds", Integer.toString(rounds)));
        words.addAll(List.of("--root", root.toString()));
        words.addAll(List.of("--commit", commit));
        words.addAll(List.of("--dir", folder.toString()));
        words.addAll(List.of("--peers", peerList()));
        words.addAll(List.of("--sizes", sizes.stream().map(Object::toString).collect(Collectors.joining(","))));
        words.addAll(List.of("--svg", svg.toString()));
        if (fetch == Fetch.NOTHING) {
            words.add("--offline");
        }
        words.add(part.word());
        return words;
    }

    private String peerList() {
        return peers.isEmpty() ? NO_PEERS : peers.stream().map(Peer::word).collect(Collectors.joining(","));
    }

    Settings beside(Set<Peer> otherPeers) {
        return new Settings(events, rounds, root, commit, folder, parts, otherPeers, fetch, sizes, svg);
    }

    Settings in(Path otherFolder) {
        return new Settings(events, rounds, root, commit, otherFolder, parts, peers, fetch, sizes, svg);
    }

    Settings ofEvents(int otherEvents) {
        return new Settings(otherEvents, rounds, root, commit, folder, parts, peers, fetch, sizes, svg);
    }
}
