package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.HourVector;
import java.util.Arrays;

/**
 * Rows by hour and combination. An array over both as long as it stays small, whatever occurs; else a hash table of the cells
 * that occur. The array has ints, as each row writes to it; before so many rows come that one might not do, the table takes over.
 */
final class CellCounts {
    /** 16 MiB of counts. */
    private static final long MOST_DENSE = 1 << 22;

    /** Hours in the order in which they came: row number of the array. */
    private final LongIds hours = new LongIds(true);

    private int combinationsHeld = 16;
    private int hoursHeld = 1;
    /** Count by hour and combination; null once there are too many. */
    private int[] dense = new int[16];

    private long rowsInDense;
    /** Cells as hour and combination in one number; null while there are few. */
    private LongIds cells;

    private long[] counts;

    /** Adds rows that all have one combination. */
    void add(HourVector vector, int rows, int combination, int combinations) {
        expect(rows);
        if (vector.isConstant()) {
            addOne(hours.id(vector.constant()), combination, rows, combinations);
            return;
        }
        for (int i = 0; i < rows; i++) {
            addOne(hours.id(vector.hours()[i]), combination, 1, combinations);
        }
    }

    /**
     * Adds rows.
     *
     * @param of each row's combination
     * @param combinations number of combinations so far: all are below it
     */
    void add(HourVector vector, int rows, int[] of, int combinations) {
        expect(rows);
        if (vector.isConstant()) {
            addInOneHour(hours.id(vector.constant()), rows, of, combinations);
            return;
        }
        if (dense != null) {
            addHourByHour(vector.hours(), rows, of, combinations);
        } else {
            addSparse(vector.hours(), 0, rows, of);
        }
    }

    /** Neighbours mostly have the same hour: its row of the array is looked up once for all of them. */
    private void addHourByHour(long[] of, int rows, int[] combination, int combinations) {
        for (int i = 0; i < rows; ) {
            long hour = of[i];
            int slot = hours.id(hour);
            hold(combinations);
            if (dense == null) {
                addSparse(of, i, rows, combination);
                return;
            }
            int[] target = dense;
            int base = slot * combinationsHeld;
            do {
                target[base + combination[i++]]++;
            } while (i < rows && of[i] == hour);
        }
    }

    private void addSparse(long[] of, int from, int rows, int[] combination) {
        for (int i = from; i < rows; i++) {
            addSparse(hours.id(of[i]), combination[i], 1);
        }
    }

    /** No count of the array can be more than the rows that went into it. */
    private void expect(int rows) {
        rowsInDense += rows;
        if (dense != null && rowsInDense > Integer.MAX_VALUE) {
            goSparse();
        }
    }

    private void addInOneHour(int slot, int rows, int[] of, int combinations) {
        hold(combinations);
        if (dense != null) {
            int[] target = dense;
            int base = slot * combinationsHeld;
            for (int i = 0; i < rows; i++) {
                target[base + of[i]]++;
            }
        } else {
            for (int i = 0; i < rows; i++) {
                addSparse(slot, of[i], 1);
            }
        }
    }

    private void addOne(int slot, int combination, int rows, int combinations) {
        hold(combinations);
        if (dense != null) {
            dense[slot * combinationsHeld + combination] += rows;
        } else {
            addSparse(slot, combination, rows);
        }
    }

    /** Makes room for all hours and combinations so far. */
    private void hold(int combinations) {
        if (dense == null || (hours.size() <= hoursHeld && combinations <= combinationsHeld)) {
            return;
        }
        int height = grown(hoursHeld, hours.size());
        int width = grown(combinationsHeld, combinations);
        if ((long) height * width > MOST_DENSE) {
            goSparse();
            return;
        }
        int[] larger = new int[height * width];
        for (int slot = 0; slot < hoursHeld; slot++) {
            System.arraycopy(dense, slot * combinationsHeld, larger, slot * width, combinationsHeld);
        }
        dense = larger;
        hoursHeld = height;
        combinationsHeld = width;
    }

    private static int grown(int held, int needed) {
        int size = held;
        while (size < needed) {
            size *= 2;
        }
        return size;
    }

    private void goSparse() {
        cells = new LongIds(false);
        counts = new long[64];
        for (int i = 0; i < dense.length; i++) {
            if (dense[i] != 0) {
                addSparse(i / combinationsHeld, i % combinationsHeld, dense[i]);
            }
        }
        dense = null;
    }

    private void addSparse(int slot, int combination, long rows) {
        int cell = cells.id((long) slot << 32 | combination);
        if (cell == counts.length) {
            counts = Arrays.copyOf(counts, Math.multiplyExact(counts.length, 2));
        }
        counts[cell] += rows;
    }

    /** Number of cells that occur. */
    int size() {
        if (dense == null) {
            return cells.size();
        }
        int size = 0;
        for (int count : dense) {
            size += count != 0 ? 1 : 0;
        }
        return size;
    }

    /** Number of hours. */
    int hours() {
        return hours.size();
    }

    /** With what the answer will take: up to 60 bytes a cell, and a block for each hour. */
    long heapBytes() {
        long bytes = hours.heapBytes() + 120L * hours.size();
        return dense != null
                ? bytes + 4L * dense.length
                : bytes + cells.heapBytes() + 8L * counts.length + 60L * cells.size();
    }

    /** All cells that occur, by hour, then combination. */
    void forEach(Visitor visitor) {
        int[] byHour = slotsByHour();
        if (dense != null) {
            for (int slot : byHour) {
                for (int c = 0; c < combinationsHeld; c++) {
                    int count = dense[slot * combinationsHeld + c];
                    if (count != 0) {
                        visitor.cell(hours.key(slot), c, count);
                    }
                }
            }
            return;
        }
        int[] rank = new int[byHour.length];
        for (int r = 0; r < byHour.length; r++) {
            rank[byHour[r]] = r;
        }
        long[] order = new long[cells.size()];
        for (int cell = 0; cell < order.length; cell++) {
            long key = cells.key(cell);
            order[cell] = (long) rank[(int) (key >>> 32)] << 32 | (key & 0xffffffffL);
        }
        Arrays.sort(order);
        for (long key : order) {
            int slot = byHour[(int) (key >>> 32)];
            int combination = (int) key;
            visitor.cell(hours.key(slot), combination, counts[cells.id((long) slot << 32 | combination)]);
        }
    }

    private int[] slotsByHour() {
        long[] sorted = new long[hours.size()];
        for (int slot = 0; slot < sorted.length; slot++) {
            sorted[slot] = hours.key(slot);
        }
        Arrays.sort(sorted);
        int[] slotsByHour = new int[sorted.length];
        for (int r = 0; r < sorted.length; r++) {
            slotsByHour[r] = hours.id(sorted[r]);
        }
        return slotsByHour;
    }

    interface Visitor {
        void cell(long hour, int combination, long count);
    }
}
