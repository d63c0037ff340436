// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// Lines of times over counts, both axes logarithmic, as an SVG image that is readable on white and on black.
///
/// @param lines each of one point or more, of positive numbers
record LogLogPlot(String title, String xLabel, String yLabel, List<Line> lines) {
    private static final int WIDTH = 920;
    private static final int HEIGHT = 520;
    private static final int LEFT = 90;
    private static final int RIGHT = 610;
    private static final int TOP = 50;
    private static final int BOTTOM = 450;
    private static final int LEGEND_STEP = 24;
    private static final int LEGEND_GAP = 24;
    private static final int SWATCH = 26;
    /// Neither light nor dark, and told apart by the dashes where not by the eye.
    private static final List<String> COLOURS =
            List.of("#1f77b4", "#e8720c", "#2ca02c", "#d62728", "#9467bd", "#a0695c", "#e377c2", "#17a2b8", "#9a9b1e");

    private static final List<String> DASHES = List.of("none", "8 4", "2 3");

    private static final List<String> TIMES = List.of(
            "1 ns", "10 ns", "100 ns", "1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s");

    /// @param x a count
    /// @param y in nanoseconds
    record Point(double x, double y) {}

    record Line(String name, List<Point> points) {}

    /// An axis of whole decades.
    ///
    /// @param from the place of the first decade in the image, in pixels
    /// @param to likewise of the last
    private record Axis(int firstDecade, int lastDecade, int from, int to) {
        static Axis over(DoubleStream values, int from, int to) {
            double[] sorted = values.sorted().toArray();
            int first = (int) Math.floor(Math.log10(sorted[0]));
            int last = (int) Math.ceil(Math.log10(sorted[sorted.length - 1]));
            return new Axis(first, Math.max(last, first + 1), from, to);
        }

        double place(double value) {
            return from + (Math.log10(value) - firstDecade) / (lastDecade - firstDecade) * (to - from);
        }
    }

    String svg() {
        Axis x = Axis.over(all(Point::x), LEFT, RIGHT);
        Axis y = Axis.over(all(Point::y), BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(head());
        for (int decade = x.firstDecade; decade <= x.lastDecade; decade++) {
            double place = x.place(Math.pow(10, decade));
            svg.append(segment("grid", place, TOP, place, BOTTOM));
            svg.append(text("middle", place, BOTTOM + 20, String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade))));
        }
        for (int decade = y.firstDecade; decade <= y.lastDecade; decade++) {
            double place = y.place(Math.pow(10, decade));
            svg.append(segment("grid", LEFT, place, RIGHT, place));
            svg.append(text("end", LEFT - 8, place + 4, TIMES.get(decade)));
        }
        svg.append(text("middle", (LEFT + RIGHT) / 2.0, BOTTOM + 46, xLabel));
        svg.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(22 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (TOP + BOTTOM) / 2,
                yLabel));
        appendLines(svg, x, y);
        return svg.append("</svg>\n").toString();
    }

    private DoubleStream all(ToDoubleFunction<Point> coordinate) {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(coordinate);
    }

    private String head() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>%3$s</title>
                <style>
                text { font: 13px sans-serif; fill: #24292f; }
                .title { font-size: 16px; }
                .grid { stroke: #8c959f; stroke-opacity: 0.35; }
                polyline { fill: none; stroke-width: 2; }
                @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
                </style>
                <text class="title" x="%4$d" y="28">%3$s</text>
                """.formatted(WIDTH, HEIGHT, title, LEFT);
    }

    /// The legend has the lines in the order in which they end.
    private void appendLines(StringBuilder svg, Axis x, Axis y) {
        Comparator<Line> byEnd =
                Comparator.comparingDouble(line -> line.points().getLast().y());
        List<Line> ordered = lines.stream().sorted(byEnd.reversed()).toList();
        for (int i = 0; i < ordered.size(); i++) {
            Line line = ordered.get(i);
            String colour = COLOURS.get(i % COLOURS.size());
            StringBuilder places = new StringBuilder();
            for (Point point : line.points()) {
                double px = x.place(point.x());
                double py = y.place(point.y());
                places.append(String.format(Locale.ROOT, " %.1f,%.1f", px, py));
                svg.append(String.format(
                        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", px, py, colour));
            }
            int row = TOP + 10 + i * LEGEND_STEP;
            int swatch = RIGHT + LEGEND_GAP;
            svg.append(polyline(places.substring(1), colour, i));
            svg.append(polyline("%d,%d %d,%d".formatted(swatch, row, swatch + SWATCH, row), colour, i));
            svg.append(text("start", swatch + SWATCH + 8, row + 4, line.name()));
        }
    }

    private static String polyline(String places, String colour, int number) {
        String dashes = DASHES.get(number % DASHES.size());
        return "<polyline points=\"%s\" stroke=\"%s\" stroke-dasharray=\"%s\"/>%n".formatted(places, colour, dashes);
    }

    private static String segment(String kind, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind,
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(String anchor, double x, double y, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }
}
