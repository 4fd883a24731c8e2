package io.tidemark.views.contribution;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.ColumnBatch;
import io.tidemark.views.cube.FileCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Counts the batches of one file. For one thread; allocates nothing a row. */
final class FileAccumulator {
    private final DimensionColumn[] dimensions;
    /** By dimension, which of the batch's value columns it is; -1: the table does not have it, and all is null. */
    private final int[] valueIndexes;

    private final int distinctIndex;
    private final CombinationIndex combinations;
    private final CellCounts cells = new CellCounts();
    private final DistinctValues distinct = new DistinctValues();
    private int[] ofRows = new int[0];
    private long rows;

    FileAccumulator(CubeColumns columns) {
        int count = columns.dimensions().size();
        dimensions = new DimensionColumn[count];
        valueIndexes = new int[count];
        for (int d = 0; d < count; d++) {
            Optional<Column> column = columns.dimensions().get(d);
            dimensions[d] = new DimensionColumn();
            valueIndexes[d] = column.map(columns::valueIndex).orElse(-1);
        }
        distinctIndex = columns.distinct().map(columns::valueIndex).orElse(-1);
        combinations = new CombinationIndex(dimensions);
    }

    void add(ColumnBatch batch) {
        int n = batch.rows();
        for (int d = 0; d < dimensions.length; d++) {
            if (valueIndexes[d] >= 0) {
                dimensions[d].take(batch.values(valueIndexes[d]));
            }
        }
        combinations.prepare();
        if (combinations.isConstant()) {
            int combination = combinations.constant();
            cells.add(batch.hours(), n, combination, combinations.size());
        } else {
            if (ofRows.length < n) {
                ofRows = new int[n];
            }
            combinations.combine(n, ofRows);
            cells.add(batch.hours(), n, ofRows, combinations.size());
        }
        if (distinctIndex >= 0) {
            distinct.take(batch.values(distinctIndex), n);
        }
        rows += n;
    }

    /** Bytes of the heap that this takes, with what {@link #counts} will take: an estimate. */
    long heapBytes() {
        long bytes = combinations.heapBytes() + cells.heapBytes() + distinct.heapBytes();
        for (DimensionColumn dimension : dimensions) {
            bytes += dimension.values().heapBytes();
        }
        return bytes;
    }

    /** What there is of everything, for a message. */
    String sizes() {
        return rows + " rows with " + cells.hours() + " hours, " + combinations.size() + " combinations of values and "
                + distinct.size() + " distinct values";
    }

    FileCounts counts() {
        List<String[]> values = new ArrayList<>(dimensions.length);
        // One by one: the virtual machine makes an array of arrays by a slow way of its own.
        int[][] rowsOfOrdinals = new int[combinations.size()][];
        for (int c = 0; c < rowsOfOrdinals.length; c++) {
            rowsOfOrdinals[c] = new int[dimensions.length];
        }
        for (int d = 0; d < dimensions.length; d++) {
            values.add(valuesThatOccur(d, rowsOfOrdinals));
        }
        CellList list = new CellList(cells.size());
        cells.forEach(list::add);
        return new FileCounts(
                rows, values, rowsOfOrdinals, list.hours, list.combinations, list.counts, distinct.sorted());
    }

    /** Leaves out what only dictionaries hold, and writes each combination's new ordinal. */
    private String[] valuesThatOccur(int dimension, int[][] target) {
        LocalValues local = dimensions[dimension].values();
        int[] renumbered = new int[local.size()];
        String[] values = new String[local.size()];
        int count = 1;
        for (int c = 0; c < target.length; c++) {
            int ordinal = combinations.ordinal(c, dimension);
            if (ordinal != 0 && renumbered[ordinal] == 0) {
                values[count] = local.text(ordinal);
                renumbered[ordinal] = count++;
            }
            target[c][dimension] = renumbered[ordinal];
        }
        return Arrays.copyOf(values, count);
    }

    /** Cells in parallel arrays. */
    private static final class CellList {
        private final long[] hours;
        private final int[] combinations;
        private final long[] counts;
        private int size;

        CellList(int cells) {
            hours = new long[cells];
            combinations = new int[cells];
            counts = new long[cells];
        }

        void add(long hour, int combination, long count) {
            hours[size] = hour;
            combinations[size] = combination;
            counts[size++] = count;
        }
    }
}
