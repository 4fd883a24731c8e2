package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a row scan has to do, with each column once, however often it is named: its number here is its slot. */
final class RowSlots {
    final RowProjection projection;
    final RowFilter filter;

    /** The only rows wanted, ascending; null = all. */
    final long[] positions;

    final Column[] columns;

    /** Slot of each column of the projection. */
    final int[] outputs;

    /** True for a slot that the projection has. */
    final boolean[] isOutput;

    /** Slot of the time column; -1 without one. */
    final int time;

    /** What a filter asks; the range of times first, as it is what statistics tell most about. */
    final List<RowTest> tests = new ArrayList<>();

    /** The slot of each test. */
    final int[] tested;

    /** For each test the condition, empty for the range of times. */
    final List<Optional<RowFilter.Condition>> conditions = new ArrayList<>();

    private final boolean possible;

    RowSlots(RowProjection projection, RowFilter filter, long[] positions) {
        this.projection = Objects.requireNonNull(projection, "projection");
        this.filter = Objects.requireNonNull(filter, "filter");
        this.positions = positions;
        Map<Column, Integer> slots = new LinkedHashMap<>();
        time = projection.time().map(column -> slot(slots, column)).orElse(-1);
        List<Integer> testSlots = new ArrayList<>();
        boolean mayMatch = !filter.hasRange() || time >= 0;
        if (filter.hasRange() && time >= 0) {
            add(new TimeTest(filter), Optional.empty(), time, testSlots);
        }
        for (RowFilter.Condition condition : filter.conditions()) {
            if (condition.column().isPresent()) {
                int slot = slot(slots, condition.column().get());
                add(new ValueTest(condition), Optional.of(condition), slot, testSlots);
            } else {
                mayMatch &= condition.acceptsNull();
            }
        }
        possible = mayMatch;
        outputs = projection.columns().stream().mapToInt(c -> slot(slots, c)).toArray();
        columns = slots.keySet().toArray(new Column[0]);
        tested = testSlots.stream().mapToInt(Integer::intValue).toArray();
        isOutput = new boolean[columns.length];
        for (int slot : outputs) {
            isOutput[slot] = true;
        }
    }

    private static int slot(Map<Column, Integer> slots, Column column) {
        return slots.computeIfAbsent(column, c -> slots.size());
    }

    private void add(RowTest test, Optional<RowFilter.Condition> condition, int slot, List<Integer> testSlots) {
        tests.add(test);
        conditions.add(condition);
        testSlots.add(slot);
    }

    /** False if no row of any file matches. */
    boolean isPossible() {
        return possible;
    }

    boolean isPartition(int slot) {
        return projection.partitionColumns().contains(columns[slot].physicalName());
    }
}
