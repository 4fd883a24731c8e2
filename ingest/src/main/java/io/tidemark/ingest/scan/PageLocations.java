package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import java.util.Arrays;

/**
 * Where the data pages of a column chunk lie, as its offset index says. What it says was checked against the chunk.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/PageIndex.md">Page index</a>
 */
final class PageLocations {
    private final long[] offsets;
    private final long[] ends;
    private final long[] firstRows;
    private final long rows;

    private PageLocations(long[] offsets, long[] ends, long[] firstRows, long rows) {
        this.offsets = offsets;
        this.ends = ends;
        this.firstRows = firstRows;
        this.rows = rows;
    }

    /** Reads the offset index of a chunk; null if it has no pages or none that can be. */
    static PageLocations read(ThriftReader in, Chunk chunk) {
        long[] offsets = {};
        long[] ends = {};
        long[] firstRows = {};
        int outer = in.enter();
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            int count = in.structs();
            offsets = new long[count];
            ends = new long[count];
            firstRows = new long[count];
            for (int i = 0; i < count; i++) {
                in.element();
                int page = in.enter();
                while (in.next()) {
                    switch (in.field()) {
                        case 1 -> offsets[i] = in.i64();
                        case 2 -> ends[i] = in.i32();
                        case 3 -> firstRows[i] = in.i64();
                        default -> in.skip();
                    }
                }
                in.leave(page);
                ends[i] += offsets[i];
            }
        }
        in.leave(outer);
        PageLocations found = new PageLocations(offsets, ends, firstRows, chunk.values());
        return found.arePossible(chunk) ? found : null;
    }

    private boolean arePossible(Chunk chunk) {
        if (offsets.length == 0 || firstRows[0] != 0) {
            return false;
        }
        long at = chunk.start();
        for (int i = 0; i < offsets.length; i++) {
            long end = endRow(i);
            if (offsets[i] < at || ends[i] <= offsets[i] || end < firstRows[i] || end > rows) {
                return false;
            }
            at = ends[i];
        }
        return at <= chunk.start() + chunk.length();
    }

    int count() {
        return offsets.length;
    }

    long offset(int page) {
        return offsets[page];
    }

    long endOfPage(int page) {
        return ends[page];
    }

    long firstRow(int page) {
        return firstRows[page];
    }

    /** First row after the page. */
    long endRow(int page) {
        return page + 1 < firstRows.length ? firstRows[page + 1] : rows;
    }

    /** The page that has a row; the last one for rows after the end. */
    int pageOf(long row) {
        int at = Arrays.binarySearch(firstRows, row);
        // Of pages without rows, which begin where the next one does, the last.
        while (at >= 0 && at + 1 < firstRows.length && firstRows[at + 1] == row) {
            at++;
        }
        return at >= 0 ? at : Math.max(0, -at - 2);
    }

    /** True if there is a page of that many rows from that row on. */
    boolean isPage(long firstRow, int count) {
        int page = pageOf(firstRow);
        return count == 0 || (firstRows[page] == firstRow && endRow(page) - firstRow == count);
    }
}
