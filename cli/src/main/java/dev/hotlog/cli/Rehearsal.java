// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Runs the command lines on stdin, one per line and split at blanks, in one JVM: what the launcher records as the
/// AOT cache's training run. How the commands end does not matter to it.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            Main.run(command.strip().split(" +"), Surroundings.ofProcess());
        }
        System.exit(0); // as Main does: leaving takes classes too
    }
}
