// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static dev.hotlog.log.Events.event;
import static dev.hotlog.log.Events.events;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.SessionFacts;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What logs go through in the crash tests, by name: together every operation that the engine knows.
enum GoldenScripts implements Supplier<Script> {
    ONE_BY_ONE_FORCED {
        @Override
        public Script get() {
            return new Script().appendOneByOne(Durability.FORCED, events("s", 8));
        }
    },
    ONE_BY_ONE_IN_GROUPS {
        @Override
        public Script get() {
            return new Script()
                    .appendOneByOne(Durability.MEMORY, events("s", 0, 10, 400))
                    .flush()
                    .append(Durability.MEMORY, event("s", 10));
        }
    },
    BATCHES_WITH_FACTS_AND_CURSORS {
        @Override
        public Script get() {
            Script script = new Script();
            for (int i = 0; i < 6; i++) {
                script.append(Durability.FORCED, batch("s" + i % 2, i));
            }
            return script;
        }
    },
    ROLLING {
        @Override
        public Script get() {
            Script script = new Script();
            for (int i = 0; i < 9; i++) {
                script.append(Durability.FORCED, Batch.of(events("s", 2L * i, 1 + i % 2, 900)));
            }
            return script;
        }
    },
    LONGER_THAN_A_SEGMENT {
        @Override
        public Script get() {
            return new Script()
                    .append(Durability.FORCED, event("s", 0))
                    .append(Durability.FORCED, event("s", 1, 5_000))
                    .append(Durability.FORCED, event("s", 2))
                    .append(Durability.FORCED, Batch.of(events("s", 3, 8, 600)))
                    .append(Durability.FORCED, event("s", 11));
        }
    },
    CLOSED_AND_OPENED {
        @Override
        public Script get() {
            Script script = new Script();
            for (int i = 0; i < 4; i++) {
                script.appendOneByOne(Durability.FORCED, events("s", 2L * i, 2, 300))
                        .closeAndOpen();
            }
            return script;
        }
    },
    KILLED_AND_OPENED {
        @Override
        public Script get() {
            Script script = new Script();
            for (int i = 0; i < 4; i++) {
                script.append(Durability.FORCED, batch("s", i)).killAndOpen();
            }
            return script;
        }
    },
    REPAIRED {
        @Override
        public Script get() {
            return new Script()
                    .append(Durability.FORCED, batch("s", 2))
                    .append(Durability.FORCED, event("s", 0, 2_500))
                    .append(Durability.FORCED, event("s", 1))
                    .repairAndOpen(Script.End.CLOSED)
                    .append(Durability.FORCED, event("s", 2));
        }
    },
    IMPORTED_WITH_CURSORS {
        @Override
        public Script get() {
            return new Script()
                    .importTo("one.jsonl", 7)
                    .importTo("other.jsonl", 3)
                    .closeAndOpen()
                    .importTo("one.jsonl", 16);
        }
    };

    private static Batch batch(String session, int i) {
        return new Batch(
                events(session, 10L * i, i, 300),
                List.of(new SessionFacts(session, Map.of("title", "title " + i, "fact " + i, ""))),
                List.of(new Cursor("file", "read up to " + i), new Cursor("file " + i, "")));
    }
}
