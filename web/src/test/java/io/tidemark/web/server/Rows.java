package io.tidemark.web.server;

import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.HourBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Counts of files that exist in tests only. */
final class Rows {
    /** 2026-01-01T00:00:00Z. */
    static final long HOUR = 490896;

    private static final String[][] VALUES = {
        {null, "", "web", "mobile", "chat"},
        {"page_view", "button_click", "message", null, "<img onerror=alert(1)>"},
        {"ios", "android", "chrome", "", null},
        {"user_action", "error", null, "ünï\"code\\"}
    };

    private Rows() {}

    static FileCounts alike(long hour, long rows, String... values) {
        return of(Map.of(hour, Map.of(Arrays.asList(values), rows)));
    }

    /** Some rows of some hours, a few of them without a time. */
    static FileCounts random(Random random) {
        Map<Long, Map<List<String>, Long>> cells = new HashMap<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            long hour = random.nextInt(10) == 0 ? HourBlock.NO_TIME : HOUR + random.nextInt(30);
            List<String> values = new ArrayList<>();
            for (String[] choice : VALUES) {
                values.add(choice[random.nextInt(choice.length)]);
            }
            cells.computeIfAbsent(hour, h -> new HashMap<>()).merge(values, 1L + random.nextInt(5), Long::sum);
        }
        return of(cells);
    }

    private static FileCounts of(Map<Long, Map<List<String>, Long>> cells) {
        int dimensions =
                cells.values().iterator().next().keySet().iterator().next().size();
        List<List<String>> known = new ArrayList<>();
        for (int d = 0; d < dimensions; d++) {
            known.add(new ArrayList<>(Arrays.asList((String) null)));
        }
        List<List<String>> combinations = new ArrayList<>();
        List<long[]> flat = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<Long, Map<List<String>, Long>> hour : new TreeMap<>(cells).entrySet()) {
            for (Map.Entry<List<String>, Long> cell : hour.getValue().entrySet()) {
                if (!combinations.contains(cell.getKey())) {
                    combinations.add(cell.getKey());
                }
                flat.add(new long[] {hour.getKey(), combinations.indexOf(cell.getKey()), cell.getValue()});
                rows += cell.getValue();
            }
        }
        int[][] ids = new int[combinations.size()][dimensions];
        for (int c = 0; c < ids.length; c++) {
            for (int d = 0; d < dimensions; d++) {
                String value = combinations.get(c).get(d);
                if (!known.get(d).contains(value)) {
                    known.get(d).add(value);
                }
                ids[c][d] = known.get(d).indexOf(value);
            }
        }
        return new FileCounts(
                rows,
                known.stream().map(v -> v.toArray(new String[0])).toList(),
                ids,
                flat.stream().mapToLong(f -> f[0]).toArray(),
                flat.stream().mapToInt(f -> (int) f[1]).toArray(),
                flat.stream().mapToLong(f -> f[2]).toArray(),
                new long[0]);
    }
}
