package io.tidemark.views.cube;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts rows with maps and boxes: slow, and plain enough to be believed. */
public final class NaiveCounts {

    private NaiveCounts() {}

    /** What a file of these rows holds. */
    public static FileCounts count(List<Row> rows, int dimensions) {
        List<Map<String, Integer>> ordinals = new ArrayList<>();
        for (int d = 0; d < dimensions; d++) {
            ordinals.add(new LinkedHashMap<>());
            ordinals.get(d).put(null, 0);
        }
        Map<List<Integer>, Integer> combinations = new LinkedHashMap<>();
        TreeMap<Long, TreeMap<Integer, Long>> cells = new TreeMap<>();
        TreeSet<String> distinct = new TreeSet<>();
        for (Row row : rows) {
            List<Integer> tuple = new ArrayList<>();
            for (int d = 0; d < dimensions; d++) {
                Map<String, Integer> known = ordinals.get(d);
                known.putIfAbsent(row.values().get(d), known.size());
                tuple.add(known.get(row.values().get(d)));
            }
            combinations.putIfAbsent(tuple, combinations.size());
            cells.computeIfAbsent(row.hour(), hour -> new TreeMap<>()).merge(combinations.get(tuple), 1L, Long::sum);
            if (row.session() != null && !row.session().isEmpty()) {
                distinct.add(hash(row.session()));
            }
        }
        return new FileCounts(
                rows.size(),
                ordinals.stream()
                        .map(known -> known.keySet().toArray(String[]::new))
                        .toList(),
                combinations.keySet().stream()
                        .map(tuple -> tuple.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new),
                cells.entrySet().stream()
                        .flatMapToLong(hour -> hour.getValue().keySet().stream().mapToLong(c -> hour.getKey()))
                        .toArray(),
                cells.values().stream()
                        .flatMapToInt(hour -> hour.keySet().stream().mapToInt(Integer::intValue))
                        .toArray(),
                cells.values().stream()
                        .flatMapToLong(hour -> hour.values().stream().mapToLong(Long::longValue))
                        .toArray(),
                distinct.stream()
                        .flatMapToLong(hash -> java.util.stream.LongStream.of(
                                Long.parseUnsignedLong(hash.substring(0, 16), 16),
                                Long.parseUnsignedLong(hash.substring(16), 16)))
                        .toArray());
    }

    private static String hash(String session) {
        try {
            ByteBuffer digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8)));
            HexFormat hex = HexFormat.of();
            return hex.toHexDigits(digest.getLong()) + hex.toHexDigits((long) digest.getInt() << 32);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** All cells of a cube in terms of values: hour, then values, to count. */
    public static Map<Row, Long> cells(Cube cube, Combinations combinations) {
        Map<Row, Long> cells = new java.util.HashMap<>();
        cube.forEach(HourBlock.NO_TIME, Long.MAX_VALUE, block -> {
            for (int i = 0; i < block.size(); i++) {
                List<String> values = new ArrayList<>();
                for (int d = 0; d < combinations.dimensions(); d++) {
                    values.add(combinations.value(d, combinations.ordinal(block.combination(i), d)));
                }
                cells.merge(new Row(block.hour(), values, null), block.count(i), Long::sum);
            }
        });
        return cells;
    }

    /** The same, recounted from rows. */
    public static Map<Row, Long> cells(Iterable<Row> rows) {
        Map<Row, Long> cells = new java.util.HashMap<>();
        rows.forEach(row -> cells.merge(new Row(row.hour(), row.values(), null), 1L, Long::sum));
        return cells;
    }
}
