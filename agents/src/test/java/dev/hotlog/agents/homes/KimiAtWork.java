// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import java.util.ArrayList;
import java.util.List;

/// Kimi Code: records of usage, of either scope, which the ends of steps repeat, in the files of a session's agents.
final class KimiAtWork implements AgentAtWork {
    private static final String AGENT = "kimi";

    private final Workplace place;
    /// The folders of agents.
    private final List<String> agents = new ArrayList<>();

    KimiAtWork(Workplace place) {
        this.place = place;
    }

    @Override
    public AgentAtWork on(Workplace other) {
        KimiAtWork copy = new KimiAtWork(other);
        copy.agents.addAll(agents);
        return copy;
    }

    @Override
    public void step() {
        if (agents.isEmpty() || place.chance(0.05)) {
            begin(".kimi-code/sessions/wd_w_0/session_" + place.uuid() + "/agents/main");
            return;
        }
        String agent = place.oneOf(agents);
        switch (place.random.nextInt(6)) {
            case 0 -> line(agent, "turn.prompt", "'input':'größer','origin':{'kind':'user'}");
            case 1 -> begin(agent.replaceFirst("[^/]*$", "agent-" + place.hex()));
            default -> call(agent);
        }
    }

    private void begin(String agent) {
        agents.add(agent);
        line(agent, "metadata", "'protocol_version':'1.4'");
    }

    private void line(String agent, String type, String more) {
        place.disk.line(agent + "/wire.jsonl", json("{'type':'%s','time':%d,%s}", type, place.millis(), more));
    }

    private void call(String agent) {
        Call call = Call.byChance(place);
        call.tell(place.truth, AGENT);
        String usage = "'usage':{'inputOther':%d,'output':%d,'inputCacheRead':%d,'inputCacheCreation':%d}"
                .formatted(call.in(), call.out(), call.read(), call.written());
        line(agent, "context.append_loop_event", "'event':{'type':'step.end'," + usage + "}");
        line(
                agent,
                "usage.record",
                usage + ",'model':'m','usageScope':" + (place.chance(0.9) ? "'turn'" : "'session'"));
    }
}
