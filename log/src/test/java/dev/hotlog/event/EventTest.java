// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {
    private static Event.Builder full() {
        return Event.of("s", 1)
                .ts(5, true)
                .kind(Kind.TOOL_CALL)
                .source(Source.HOOK)
                .tool("Bash")
                .toolCallId("t1")
                .stopReason("end")
                .model("opus")
                .measure(Measure.TOKENS_IN, 7)
                .payload("{}");
    }

    static Stream<Named<UnaryOperator<Event.Builder>>> changes() {
        return Stream.of(
                change("session", event -> event.key("other", 1)),
                change("seq", event -> event.key("s", 2)),
                change("time", event -> event.ts(6, true)),
                change("whether the time is exact", event -> event.ts(5, false)),
                change("kind", event -> event.kind(Kind.ERROR)),
                change("source", event -> event.source(Source.PROXY)),
                change("tool", event -> event.tool(null)),
                change("tool call", event -> event.toolCallId("t2")),
                change("stop reason", event -> event.stopReason("")),
                change("model", event -> event.model("sonnet")),
                change("a measure's value", event -> event.measure(Measure.TOKENS_IN, 8)),
                change("a measure that is 0, not absent", event -> event.measure(Measure.TOKENS_OUT, 0)),
                change("payload", event -> event.payload("[]")));
    }

    private static Named<UnaryOperator<Event.Builder>> change(String what, UnaryOperator<Event.Builder> change) {
        return Named.of(what, change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void eventsThatDifferInOneFieldAreNotEqual(UnaryOperator<Event.Builder> change) {
        assertThat(change.apply(full()).build()).isNotEqualTo(full().build());
    }

    @Test
    void eventsOfTheSameFieldsAreEqualAndHaveOneHash() {
        Event event = full().build();
        Event same = event.toBuilder().build();
        assertThat(same).isEqualTo(event).hasSameHashCodeAs(event).isNotSameAs(event);
        assertThat(event).isNotEqualTo("Event");
    }

    @Test
    void aKeyThatUtf8CannotHoldIsKeptAsItWillComeBack() {
        assertThat(full().key("\ud800", 1).build().sessionId()).isEqualTo("?");
    }

    @Test
    void measuresAreRefusedOutsideTheirRange() {
        for (Measure measure : Measure.ALL) {
            assertThat(measure.check(measure.max())).isEqualTo(measure.max());
            assertThat(measure.check(0)).isZero();
        }
        assertThat(Measure.COST_USD_E6.check(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full().measure(Measure.RETRY_COUNT, 0x1_0000))
                .withMessage("retry_count 65536 is not in 0 .. 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full().measure(Measure.TOKENS_IN, -1))
                .withMessage("tokens_in -1 is not in 0 .. 4294967295");
    }

    @Test
    void namesAreNeverEmptyAndKnownOnesMayBeSpeltBothWays() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Source(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Kind(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor("", "state"));
        assertThat(Source.of("Hook")).isSameAs(Source.HOOK).hasToString("hook");
        assertThat(Kind.of("ToolCall")).isSameAs(Kind.TOOL_CALL);
        assertThat(Source.of("Telepathy").name()).isEqualTo("Telepathy");
    }

    @Test
    void aBatchIsEmptyOnlyWithoutEventsFactsAndCursors() {
        SessionFacts facts = new SessionFacts("s", Map.of());
        Cursor cursor = new Cursor("file", "");
        assertThat(Batch.of().isEmpty()).isTrue();
        assertThat(Batch.of(full().build()).isEmpty()).isFalse();
        assertThat(new Batch(List.of(), List.of(facts), List.of()).isEmpty()).isFalse();
        assertThat(new Batch(List.of(), List.of(), List.of(cursor)).isEmpty()).isFalse();
    }

    @Test
    void payloadsAreEqualWhenTheirBytesAre() {
        Json json = Json.of("{\"a\":1}");
        byte[] around = "x{\"a\":1}x".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.of(around, 1, json.lengthBytes())).isEqualTo(json).hasSameHashCodeAs(json);
        assertThat(json).isNotEqualTo(Json.of("{}")).isNotEqualTo("{\"a\":1}");
        assertThat(json.isEmpty()).isFalse();
        assertThat(Json.of(around, 3, 0)).isSameAs(Json.NONE);
        assertThat(Json.NONE.isEmpty()).isTrue();
    }
}
