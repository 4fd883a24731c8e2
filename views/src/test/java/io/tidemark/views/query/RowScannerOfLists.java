package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.RowConsumer;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.ingest.scan.ValueDictionary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Hands out rows as a real scanner may: in batches of any size, in buffers that are overwritten afterwards, with dictionaries of
 * which some ids last and others mean something else in the next batch, and that hold a value twice.
 */
final class RowScannerOfLists implements RowScanner {
    /** One row: values by column, null where there is none. */
    record Row(long micros, Map<String, String> values) {}

    private final Map<String, List<Row>> files;
    private final long seed;

    /** @param files rows by path */
    RowScannerOfLists(Map<String, List<Row>> files, long seed) {
        this.files = files;
        this.seed = seed;
    }

    @Override
    public ScanResult scan(
            DataFile file, RowProjection projection, RowFilter filter, RowConsumer consumer, ScanControl control) {
        // Of its own, as files are read by several threads.
        Random random = new Random(seed + file.path().hashCode());
        List<Row> rows = files.get(file.path()).stream()
                .filter(row -> passes(filter, row))
                .toList();
        List<Values> columns = new ArrayList<>();
        for (Column column : projection.columns()) {
            columns.add(new Values(column.name(), random));
        }
        for (int from = 0; from < rows.size(); ) {
            List<Row> some = rows.subList(from, Math.min(rows.size(), from + 1 + random.nextInt(50)));
            long[] micros = new long[some.size() + random.nextInt(3)];
            Arrays.setAll(micros, i -> i < some.size() ? some.get(i).micros : 77);
            columns.forEach(column -> column.take(some));
            consumer.accept(new Batch(some.size(), micros, columns));
            columns.forEach(Values::spoil);
            from += some.size();
        }
        return new ScanResult(rows.size(), rows.size(), 0);
    }

    private static boolean passes(RowFilter filter, Row row) {
        return filter.conditions().stream().allMatch(condition -> {
            String value = row.values.get(condition.column().orElseThrow().name());
            return value == null ? condition.acceptsNull() : condition.texts().contains(value);
        });
    }

    @Override
    public ScanResult fetch(
            DataFile file, RowProjection projection, long[] positions, RowConsumer consumer, ScanControl control) {
        throw new UnsupportedOperationException();
    }

    private record Batch(int rows, long[] micros, List<Values> columns) implements RowBatch {
        @Override
        public long position(int row) {
            return row;
        }

        @Override
        public IdVector values(int i) {
            return columns.get(i);
        }
    }

    private static final class Values implements IdVector, ValueDictionary {
        private final String column;
        private final Random random;
        private final Map<String, Integer> lastingIds = new HashMap<>();
        private final List<byte[]> values = new ArrayList<>();
        private int lasting;
        private int[] ids;
        private byte[] bytes;
        private int[] offsets;

        Values(String column, Random random) {
            this.column = column;
            this.random = random;
            values.add(new byte[0]);
            for (String value : List.of("view", "cart", "s1", "s2", "")) {
                lastingIds.put(value, values.size());
                values.add(value.getBytes(StandardCharsets.UTF_8));
            }
            lasting = values.size();
        }

        void take(List<Row> rows) {
            values.subList(lasting, values.size()).clear();
            ids = rows.stream().mapToInt(row -> id(row.values.get(column))).toArray();
            offsets = new int[values.size() + 1];
            for (int i = 0; i < values.size(); i++) {
                offsets[i + 1] = offsets[i] + values.get(i).length;
            }
            bytes = new byte[offsets[values.size()] + 8];
            for (int i = 0; i < values.size(); i++) {
                System.arraycopy(values.get(i), 0, bytes, offsets[i], values.get(i).length);
            }
        }

        private int id(String value) {
            if (value == null) {
                return NULL;
            }
            Integer known = lastingIds.get(value);
            if (known != null && random.nextBoolean()) {
                return known;
            }
            values.add(value.getBytes(StandardCharsets.UTF_8));
            return values.size() - 1;
        }

        void spoil() {
            Arrays.fill(ids, -1);
            Arrays.fill(bytes, (byte) 'x');
        }

        @Override
        public boolean isConstant() {
            return Arrays.stream(ids).distinct().count() == 1;
        }

        @Override
        public int constant() {
            return ids[0];
        }

        @Override
        public int[] ids() {
            return ids;
        }

        @Override
        public ValueDictionary dictionary() {
            return this;
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public int lasting() {
            return lasting;
        }

        @Override
        public String text(int id) {
            return new String(bytes, offset(id), length(id), StandardCharsets.UTF_8);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int offset(int id) {
            return offsets[id];
        }

        @Override
        public int length(int id) {
            return offsets[id + 1] - offsets[id];
        }
    }
}
