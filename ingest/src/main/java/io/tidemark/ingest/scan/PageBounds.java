package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import java.util.Arrays;

/**
 * Bounds of the pages of a column chunk, as its column index gives them.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/PageIndex.md">Page index</a>
 */
final class PageBounds {

    /** What is asked about each page. */
    interface Question {

        /** True if a page may have a row that is wanted; nothing is known of its values but that they lie in these bounds. */
        boolean mayMatch(byte[] bytes, int min, int minLength, int max, int maxLength);

        /** True if rows that are null are wanted. */
        boolean acceptsNull();
    }

    private final byte[] bytes;
    private boolean[] nullPages = {};
    private int[] mins = {};
    private int[] minLengths = {};
    private int[] maxs = {};
    private int[] maxLengths = {};
    private long[] nulls;

    /** @param in set to the column index within these bytes */
    PageBounds(ThriftReader in, byte[] bytes) {
        this.bytes = bytes;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    nullPages = new boolean[in.booleans()];
                    for (int i = 0; i < nullPages.length; i++) {
                        nullPages[i] = in.elementBool();
                    }
                }
                case 2 -> {
                    mins = new int[in.strings()];
                    minLengths = new int[mins.length];
                    binaries(in, mins, minLengths);
                }
                case 3 -> {
                    maxs = new int[in.strings()];
                    maxLengths = new int[maxs.length];
                    binaries(in, maxs, maxLengths);
                }
                case 5 -> {
                    nulls = new long[in.integers()];
                    Arrays.setAll(nulls, i -> in.element64());
                }
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    private static void binaries(ThriftReader in, int[] at, int[] lengths) {
        for (int i = 0; i < at.length; i++) {
            at[i] = in.binaryElement();
            lengths[i] = in.length();
        }
    }

    /** The rows of those pages that may match. */
    RowRanges ranges(PageLocations pages, Question question) {
        int count = pages.count();
        boolean whole = nullPages.length == count && mins.length == count && maxs.length == count;
        boolean countsNulls = nulls != null && nulls.length == count;
        RowRanges.Builder ranges = new RowRanges.Builder();
        for (int i = 0; i < count; i++) {
            boolean mayBeNull = !whole || nullPages[i] || !countsNulls || nulls[i] != 0;
            boolean may = !whole
                    || (question.acceptsNull() && mayBeNull)
                    || (!nullPages[i] && question.mayMatch(bytes, mins[i], minLengths[i], maxs[i], maxLengths[i]));
            if (may) {
                ranges.add(pages.firstRow(i), pages.endRow(i));
            }
        }
        return ranges.build();
    }
}
