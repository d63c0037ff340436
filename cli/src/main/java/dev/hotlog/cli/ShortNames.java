// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Names cut short, each only as far as no other becomes the same.
final class ShortNames {
    private final Map<String, String> shortened = new HashMap<>();

    /// @param ways of cutting a name short, the shortest first
    ShortNames(Collection<String> names, List<UnaryOperator<String>> ways) {
        for (UnaryOperator<String> way : ways) {
            Map<String, Set<String>> meant = new HashMap<>();
            for (String name : names) {
                meant.computeIfAbsent(way.apply(name), _ -> new HashSet<>()).add(name);
            }
            meant.forEach((cut, by) -> {
                if (by.size() == 1) {
                    shortened.putIfAbsent(by.iterator().next(), cut);
                }
            });
        }
    }

    String of(String name) {
        return shortened.getOrDefault(name, name);
    }
}
