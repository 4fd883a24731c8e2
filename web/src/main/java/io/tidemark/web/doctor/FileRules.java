package io.tidemark.web.doctor;

import io.tidemark.views.cube.CubeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table's files will cost, by the unit costs of {@code docs/scale.md}: upper bounds, within a factor of some three. Arithmetic
 * alone.
 */
final class FileRules {
    private static final long MANY_FILES = 1_000;
    private static final long SMALL_FILE = 4 * Amounts.MB;

    private static final double NANOS_A_FILE = 430_000;
    private static final double NANOS_A_ROW = 190;

    private static final double BYTES_A_DISTINCT_VALUE = 18.2;
    private static final double BYTES_A_HASH_IN_A_FILE = 12;
    private static final double BYTES_A_FILE = 150;
    /** Assumed: rows of one distinct value, and files that have some of them. */
    private static final double ROWS_A_VALUE = 20;

    private static final double FILES_A_VALUE = 2;

    /** A year of hours with 200 cells each, as for the default columns. */
    private static final long USUAL_CELLS = 24 * 366 * 200;
    /** With what filters keep of it. */
    private static final long BYTES_A_CELL = 26;
    /** What a service without any table takes. */
    private static final long HEAP_OF_THE_REST = 64 * Amounts.MB;

    private FileRules() {}

    static List<Line> of(FileTally tally, long heap, int processors) {
        List<Line> lines = new ArrayList<>();
        lines.add(files(tally));
        lines.add(rows(tally, processors));
        lines.add(heap(tally, heap));
        return lines;
    }

    private static Line files(FileTally tally) {
        if (tally.files() == 0) {
            return Line.ok("files", "none: the table is empty");
        }
        long average = tally.bytes() / tally.files();
        String found = Amounts.number(tally.files()) + (tally.files() == 1 ? " file of " : " files of ")
                + Amounts.bytes(tally.bytes()) + ", " + Amounts.bytes(average) + " on average"
                + (tally.withDeletions() == 0
                        ? ""
                        : ", " + Amounts.number(tally.withDeletions()) + " with deletion vectors");
        return tally.files() >= MANY_FILES && average < SMALL_FILE
                ? Line.warning(
                        "files",
                        found,
                        "Run OPTIMIZE on the table now and then: a first load, exports and scans cost most by the number of"
                                + " files. Counts stay as they are.")
                : Line.ok("files", found);
    }

    private static Line rows(FileTally tally, int processors) {
        long rows = tally.estimatedRows();
        if (rows < 0) {
            return Line.ok("rows", "the writer states none; they are counted in the first load");
        }
        double nanos = (tally.files() * NANOS_A_FILE + rows * NANOS_A_ROW) / processors;
        String found = (tally.unstated() > 0 ? "some " : "") + Amounts.number(rows) + ", by the statistics"
                + "; a first load takes at most some " + Amounts.time(Duration.ofMillis((long) (nanos / 1e6) + 999))
                + " of these " + processors + " processors, besides reading";
        return Line.ok("rows", found);
    }

    private static Line heap(FileTally tally, long heap) {
        long rows = tally.estimatedRows();
        long cells = rows < 0 ? USUAL_CELLS : Math.min(rows, USUAL_CELLS);
        long needed = 2 * cells * BYTES_A_CELL + HEAP_OF_THE_REST;
        String found = "this process may take " + Amounts.bytes(heap) + "; the views of a year take some "
                + Amounts.bytes(cells * BYTES_A_CELL) + " of the half that is theirs";
        return needed > heap
                ? Line.warning(
                        "heap",
                        found,
                        "Give the service -Xmx" + Math.max(256, (needed + Amounts.MB - 1) / Amounts.MB)
                                + "m or more. What does not fit is refused, and the table is stale.")
                : Line.ok("heap", found);
    }

    /** Bytes that the state may come to on disk. */
    static long stateBytes(FileTally tally, CubeSpec spec) {
        double files = tally.files() * BYTES_A_FILE;
        double values = spec.distinctColumn().isEmpty() ? 0 : Math.max(0, tally.estimatedRows()) / ROWS_A_VALUE;
        return (long) (files + values * (BYTES_A_DISTINCT_VALUE + FILES_A_VALUE * BYTES_A_HASH_IN_A_FILE));
    }
}
