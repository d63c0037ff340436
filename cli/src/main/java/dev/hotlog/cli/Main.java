// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The `hotlog` command.
@Command(name = "hotlog", mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /// Runs one command line.
    ///
    /// @return the exit code
    static int run(String[] args, PrintStream out, PrintStream err) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .execute(args);
    }

    @Override
    public void run() {}

    /// The version as the jar's manifest tells it.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"hotlog " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}
