// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What agents have in a home, before any of it is taken in.
///
/// @param agent its name
/// @param places the folders and files of it that are there
/// @param transcripts how many
/// @param bytes of all of them; of a database what its rows hold, where it tells
/// @param oldestMillis when the one was written that has not been written to for longest; since 1970 UTC
/// @param newestMillis when any was written last
/// @param keptDays for how many days after that the agent keeps a transcript; empty when it deletes none
public record AgentSurvey(
        String agent,
        List<Path> places,
        long transcripts,
        long bytes,
        long oldestMillis,
        long newestMillis,
        OptionalLong keptDays) {
    public AgentSurvey {
        places = List.copyOf(places);
    }

    /// Looks for all agents that are known; those that have nothing are left out.
    ///
    /// @param environment variables by which agents are told to look elsewhere
    public static List<AgentSurvey> of(Path home, Map<String, String> environment) {
        List<AgentSurvey> all = new ArrayList<>();
        for (Transcript transcript : Agents.all()) {
            Search search = new Search(List.of(transcript), new Tally());
            search.home(home, environment);
            List<Path> places = Stream.concat(
                            transcript.roots(home, environment).stream().filter(Files::exists),
                            transcript.scattered(home, environment).stream())
                    .toList();
            AgentSurvey survey = of(transcript, places, search.found(), transcript.keptDays(home, environment));
            if (survey.transcripts > 0) {
                all.add(survey);
            }
        }
        return all;
    }

    private static AgentSurvey of(
            Transcript transcript, List<Path> places, List<FoundFile> files, OptionalLong keptDays) {
        long bytes = 0;
        long oldest = Long.MAX_VALUE;
        long newest = 0;
        long count = 0;
        for (FoundFile file : files) {
            try {
                FileStamp stamp = FileStamp.of(file);
                count++;
                bytes += stamp.sizeBytes();
                oldest = Math.min(oldest, stamp.modifiedMillis());
                newest = Math.max(newest, stamp.modifiedMillis());
            } catch (IOException _) {
                // gone since, or not to be looked at; an import names it
            }
        }
        return new AgentSurvey(transcript.agent(), places, count, bytes, oldest, newest, keptDays);
    }
}
