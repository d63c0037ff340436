// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.ingest.Agents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Has `watch` start with the user's session, and no more: a file is written or deleted, and the user is told which
/// command makes the system heed it.
final class ServiceInstall {
    /// What the program itself is told by its surroundings.
    private static final List<String> OWN_VARIABLES = List.of("HOTLOG_JAVA_HOME", "HOTLOG_OPTS");

    private final Desk desk;

    ServiceInstall(Desk desk) {
        this.desk = desk;
    }

    /// @param home whose agents are followed; null for this user's
    int install(@Nullable Path home) throws IOException, Refusal {
        ServiceForm form = form();
        Path file = form.file(desk.around().home(), desk.around().env());
        String text = form.text(command(home), variables());
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            desk.talk().say(file + " is there already");
        } else {
            Files.createDirectories(file.getParent());
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            desk.talk().say("wrote " + file + "; this starts it, now and with each session:");
        }
        desk.page().line(form.start(file));
        desk.page().flush();
        return Exit.FINE;
    }

    int uninstall() throws IOException, Refusal {
        ServiceForm form = form();
        Path file = form.file(desk.around().home(), desk.around().env());
        if (!Files.deleteIfExists(file)) {
            desk.talk().say("there is no " + file);
            return Exit.FINE;
        }
        desk.talk().say("deleted " + file + "; this ends what still runs:");
        desk.page().line(form.stop(file));
        desk.page().flush();
        return Exit.FINE;
    }

    private ServiceForm form() throws Refusal {
        String system = desk.around().system();
        if (system.startsWith("Linux")) {
            return ServiceForm.SYSTEMD;
        }
        if (system.startsWith("Mac")) {
            return ServiceForm.LAUNCHD;
        }
        throw Refusal.usage("services are known for Linux (systemd) and macOS (launchd) alone, not for " + system);
    }

    private List<String> command(@Nullable Path home) {
        List<String> command = new ArrayList<>(desk.around().program());
        command.addAll(List.of("--dir", absolute(desk.directory()), Verb.WATCH.word(), "--quiet"));
        if (home != null) {
            command.addAll(List.of("--home", absolute(home)));
        }
        return command;
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /// A service does not inherit the variables of the shell in which it was installed.
    private Map<String, String> variables() {
        Map<String, String> env = desk.around().env();
        Map<String, String> variables =
                new TreeMap<>(Agents.telling(desk.around().home(), env));
        for (String own : OWN_VARIABLES) {
            if (!env.getOrDefault(own, "").isEmpty()) {
                variables.put(own, env.getOrDefault(own, ""));
            }
        }
        return variables;
    }
}
