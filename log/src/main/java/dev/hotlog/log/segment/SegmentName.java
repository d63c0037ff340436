// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The names of the files of a log. (docs/format.md, Files)
public final class SegmentName {
    private static final String SEGMENT = ".hotlog";
    private static final String INDEX = ".idx";
    private static final String TORN = ".torn";
    private static final String REPORT = ".txt";
    /// The folder for files that repair has replaced.
    public static final String DAMAGED_FOLDER = "damaged";

    /// A file that is being made; it counts only once it has lost this.
    private static final String NEW = ".new";

    /// A file that is being filled with zeros, for the segment to come.
    public static final String SPARE = "next" + SEGMENT + NEW;

    private static final int BASE_DIGITS = 20;

    private static final String FOREIGN = ".foreign";

    /// What is made begins with a base, of which numbers may follow that tell it apart.
    private static final Pattern IN_THE_MAKING =
            Pattern.compile(Pattern.quote(SPARE) + "|[0-9]{" + BASE_DIGITS + "}[-.0-9]*\\.(hotlog|idx|torn|txt)\\.new");

    private SegmentName() {}

    /// The segment whose first event has that offset.
    public static String segment(long base) {
        return digits(base) + SEGMENT;
    }

    public static String index(long base) {
        return digits(base) + INDEX;
    }

    /// The segment that an index of that name is of.
    static String ofIndex(String name) {
        return name.substring(0, name.length() - INDEX.length()) + SEGMENT;
    }

    /// What was cut off a segment's end at that position.
    public static String torn(long base, long epoch, long position) {
        return digits(base) + "-" + epoch + "-" + position + TORN;
    }

    /// A segment that the file of that epoch has replaced.
    public static String replaced(long base, long epoch) {
        return digits(base) + "-" + epoch + SEGMENT;
    }

    /// A file under a segment's name that was not the log's.
    public static String foreign(String name) {
        return name + FOREIGN;
    }

    /// An index that was built anew, for the segment file of that epoch.
    public static String replacedIndex(long base, long epoch) {
        return digits(base) + "-" + epoch + INDEX;
    }

    /// What repair has to say of a segment or its index.
    public static String repairReport(long base, long epoch) {
        return digits(base) + "-" + epoch + REPORT;
    }

    public static String inTheMaking(String name) {
        return name + NEW;
    }

    /// Whether it is called as files of a log are while they are made: others' files are nobody's to delete.
    public static boolean isInTheMaking(String name) {
        return IN_THE_MAKING.matcher(name).matches();
    }

    /// The base that a segment's name tells; empty when it is not the name of a segment.
    public static OptionalLong base(String name) {
        if (!name.endsWith(SEGMENT) || name.length() != BASE_DIGITS + SEGMENT.length()) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < BASE_DIGITS; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseLong(name, 0, BASE_DIGITS, 10));
        } catch (NumberFormatException _) {
            return OptionalLong.empty(); // more than 63 bits
        }
    }

    /// Whether it is called as indexes are.
    public static boolean isIndex(String name) {
        return name.endsWith(INDEX);
    }

    /// Whether the file keeps what a recovery has cut off.
    public static boolean isTorn(String name) {
        return name.endsWith(TORN);
    }

    private static String digits(long base) {
        return String.format(Locale.ROOT, "%0" + BASE_DIGITS + "d", base);
    }
}
