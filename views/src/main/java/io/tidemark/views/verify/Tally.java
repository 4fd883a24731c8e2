package io.tidemark.views.verify;

import io.tidemark.views.cube.CubeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts rows into every view, one row at a time and in the plainest way there is: a map by group. Not thread-safe; each thread
 * has its own, and they are added up.
 */
final class Tally {
    private final CubeSpec spec;
    private final Map<Long, long[]> hourly = new HashMap<>();
    private final List<Map<String, long[]>> dimensions = new ArrayList<>();
    private final Map<String, Map<String, long[]>> heatmap = new HashMap<>();
    private long rows;
    private long noTime;

    Tally(CubeSpec spec) {
        this.spec = spec;
        spec.dimensions().forEach(dimension -> dimensions.add(new HashMap<>()));
    }

    /**
     * @param hour hours since the epoch, floor; null: no time
     * @param values one for each dimension; not kept
     */
    void add(Long hour, String[] values) {
        rows++;
        if (hour == null) {
            noTime++;
        } else {
            hourly.computeIfAbsent(hour, h -> new long[1])[0]++;
        }
        for (int d = 0; d < values.length; d++) {
            dimensions.get(d).computeIfAbsent(values[d], v -> new long[1])[0]++;
        }
        if (values.length >= 2) {
            heatmap.computeIfAbsent(values[0], v -> new HashMap<>()).computeIfAbsent(values[1], v -> new long[1])[0]++;
        }
    }

    long rows() {
        return rows;
    }

    void addAll(Tally other) {
        rows += other.rows;
        noTime += other.noTime;
        addAll(hourly, other.hourly);
        for (int d = 0; d < dimensions.size(); d++) {
            addAll(dimensions.get(d), other.dimensions.get(d));
        }
        other.heatmap.forEach((first, counts) -> addAll(heatmap.computeIfAbsent(first, f -> new HashMap<>()), counts));
    }

    private static <K> void addAll(Map<K, long[]> into, Map<K, long[]> from) {
        from.forEach((key, count) -> into.computeIfAbsent(key, k -> new long[1])[0] += count[0]);
    }

    Cells cells(DistinctSet distinct) {
        Cells cells = new Cells();
        cells.put(Cells.TOTALS, rows, "events");
        cells.put(Cells.TOTALS, noTime, "noTime");
        cells.put(Cells.TOTALS, distinct.size(), "sessions");
        cells.view(Cells.HOURLY);
        hourly.forEach((hour, count) -> cells.put(Cells.HOURLY, count[0], hourText(hour)));
        for (int d = 0; d < dimensions.size(); d++) {
            String name = spec.dimensions().get(d).name();
            Map<String, long[]> counts = dimensions.get(d);
            cells.view(name);
            counts.forEach((value, count) -> cells.put(name, count[0], value));
            cells.put(Cells.TOTALS, counts.size() - (counts.containsKey(null) ? 1 : 0), "values", name);
        }
        if (dimensions.size() >= 2) {
            cells.view(Cells.HEATMAP);
            heatmap.forEach((first, counts) ->
                    counts.forEach((second, count) -> cells.put(Cells.HEATMAP, count[0], first, second)));
        }
        return cells;
    }

    static String hourText(long hour) {
        return Instant.ofEpochSecond(Math.multiplyExact(hour, 3600L)).toString();
    }
}
