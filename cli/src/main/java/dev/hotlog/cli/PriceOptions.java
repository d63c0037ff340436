// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.price.BadPriceTable;
import dev.hotlog.agents.price.KeptPrices;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose prices count: those of a file, else those that `reprice` has kept for the log; before the built-in ones.
final class PriceOptions {
    @Nullable
    Path file;

    /// The file as it was given; empty when none was.
    Optional<byte[]> given() throws IOException, Refusal {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            throw Refusal.notFound(file + ": no such file");
        } catch (IOException e) {
            throw new LogException.Storage("cannot read " + file, e);
        }
    }

    void declare(Options options) {
        options.path(
                "--prices",
                "FILE",
                "Prices that count before the built-in ones; docs/prices.md tells how to write them.",
                value -> file = value);
    }

    PriceTable table(Desk desk) throws IOException, Refusal {
        return file == null ? kept(desk) : overBuiltIn(given());
    }

    /// Those prices before the built-in ones.
    PriceTable overBuiltIn(Optional<byte[]> given) throws Refusal {
        try {
            return over(given);
        } catch (BadPriceTable e) {
            throw Refusal.usage("--prices " + file + ": " + e.getMessage());
        }
    }

    /// The prices that count for the log when none are given.
    static PriceTable kept(Desk desk) throws IOException, Refusal {
        KeptPrices kept = new KeptPrices(desk.directory());
        try {
            return over(kept.text());
        } catch (BadPriceTable e) {
            throw Refusal.damaged(kept.file() + ": " + e.getMessage() + "; '" + desk.command()
                    + " reprice' goes back to the built-in prices");
        }
    }

    private static PriceTable over(Optional<byte[]> first) throws BadPriceTable {
        PriceTable builtIn = PriceTable.builtIn();
        return first.isEmpty() ? builtIn : PriceTable.read(first.get()).over(builtIn);
    }
}
