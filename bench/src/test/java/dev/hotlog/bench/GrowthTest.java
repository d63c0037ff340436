// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class GrowthTest {
    @TempDir
    private Path folder;

    private static final Growth GROWTH = new Growth(
            List.of(10_000, 1_000_000),
            List.of(
                    List.of(
                            Row.alone("append", Unit.EVENTS_A_SECOND, 500_000, Asked.NOTHING, "at first"),
                            Row.alone("open", Unit.MILLIS, 20, Asked.NOTHING, ""),
                            Row.alone("heap", Unit.MIB, 4, Asked.NOTHING, "")),
                    List.of(
                            Row.alone("append", Unit.EVENTS_A_SECOND, 250_000, Asked.NOTHING, "at last"),
                            Row.alone("open", Unit.MILLIS, 20, Asked.NOTHING, ""),
                            Row.alone("heap", Unit.MIB, 6, Asked.NOTHING, ""))));

    @Test
    void halfTheSpeedIsTwiceTheCost() {
        assertThat(GROWTH.table()).isEqualTo("""
                growth, by events in the log     10,000  1,000,000  growth
                append                        500,000/s  250,000/s  x 2.00
                open                              20 ms      20 ms  x 1.00
                heap                              4 MiB      6 MiB  x 1.50

                growth: what it takes at the largest size, divided by what it takes at the smallest, a log 100 times as
                    large. x 1.00 is flat; x 100 would grow as the log does. The notes are those of the largest.
                append: at last
                """);
    }

    @Test
    void whatTakesTimeIsDrawn() {
        assertThat(GROWTH.plot().lines())
                .containsExactly(
                        new LogLogPlot.Line(
                                "append",
                                List.of(new LogLogPlot.Point(10_000, 2_000), new LogLogPlot.Point(1_000_000, 4_000))),
                        new LogLogPlot.Line(
                                "open",
                                List.of(new LogLogPlot.Point(10_000, 20e6), new LogLogPlot.Point(1_000_000, 20e6))));
    }

    @Test
    void aDrawingIsXmlWithItsAxesAndItsLegend() throws Exception {
        String svg = GROWTH.plot().svg();

        Document image = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(image.getElementsByTagName("circle").getLength()).isEqualTo(4);
        assertThat(svg).contains(">10,000<", ">1,000,000<", ">1 us<", ">100 ms<", ">events in the log<", ">open<");
        // Flat at 20 ms, from the left edge to the right one.
        assertThat(svg).contains("points=\"90.0,105.9 610.0,105.9\"");
    }

    @Test
    void eachSizeHasTheSameRows() throws IOException, InterruptedException {
        Settings settings = Settings.parse(List.of("--events", "10000", "--rounds", "1", "--dir", folder.toString()));
        assertThat(GrowthBench.rows(settings))
                .allSatisfy(row -> assertThat(row.figure()).isPositive())
                .extracting(Row::what)
                .startsWith("append, synced every 128", "lookup, offset by (session, seq)")
                .endsWith("open, after a clean close", "open, after kill -9", "open, heap in use");
    }
}
