// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.log.storage.BrokenStorage.Mistake;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The list of broken engines is whole: each is tried, and written down.
class BrokenEnginesListTest {
    private static final Set<String> ALL =
            Arrays.stream(Mistake.values()).map(Mistake::name).collect(Collectors.toSet());

    @Test
    void everyMistakeIsTriedByATest() {
        Set<String> tried = Stream.of(BrokenEnginesCrashTest.class, BrokenEnginesDamageTest.class)
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .flatMap(BrokenEnginesListTest::mistakes)
                .collect(Collectors.toSet());
        // By BrokenEnginesCrashTest.aSecondWriterIsNoticed, without a parameter.
        tried.add(Mistake.NO_LOCK.name());
        assertThat(tried).isEqualTo(ALL);
    }

    private static Stream<String> mistakes(Method test) {
        EnumSource names = test.getAnnotation(EnumSource.class);
        CsvSource rows = test.getAnnotation(CsvSource.class);
        return Stream.concat(
                names == null ? Stream.of() : Arrays.stream(names.names()),
                rows == null ? Stream.of() : Arrays.stream(rows.value()).map(row -> row.replaceAll(",.*", "")));
    }

    @Test
    void everyMistakeIsWrittenDown() throws IOException {
        String reliability = Files.readString(Path.of("..", "docs", "reliability.md"));
        assertThat(ALL).allSatisfy(mistake -> assertThat(reliability).contains("`" + mistake + "`"));
    }
}
