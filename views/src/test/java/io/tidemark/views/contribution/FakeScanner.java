package io.tidemark.views.contribution;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ColumnBatch;
import io.tidemark.ingest.scan.FileScanner;
import io.tidemark.ingest.scan.HourVector;
import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.Projection;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.ingest.scan.ValueDictionary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Hands out rows as a real scanner may: in batches and row groups of any size, with dictionaries that grow, hold what no row
 * uses and hold a value twice, with constant columns, and in buffers that are overwritten once the consumer returned.
 */
final class FakeScanner implements FileScanner {
    /** One row: an hour and a value (or null) for each column of the projection. */
    record Row(long hour, String... values) {}

    private final List<Row> rows;
    private final Random random;
    private final int mostBatch;
    Projection asked;

    FakeScanner(List<Row> rows, Random random, int mostBatch) {
        this.rows = rows;
        this.random = random;
        this.mostBatch = mostBatch;
    }

    @Override
    public ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer) {
        asked = projection;
        int columns = projection.values().size();
        GrowingDictionary[] dictionaries = new GrowingDictionary[columns];
        for (int from = 0; from < rows.size(); ) {
            for (int c = 0; c < columns; c++) {
                if (dictionaries[c] == null || random.nextInt(5) == 0) {
                    dictionaries[c] = new GrowingDictionary(random);
                }
            }
            int to = Math.min(rows.size(), from + 1 + random.nextInt(mostBatch));
            Batch batch = new Batch(rows.subList(from, to), dictionaries);
            consumer.accept(batch);
            batch.spoil();
            from = to;
        }
        return new ScanResult(rows.size(), rows.size(), 0);
    }

    private final class Batch implements ColumnBatch {
        private final int rows;
        private final long[] hours;
        private final int[][] ids;
        private final ValueDictionary[] dictionaries;

        Batch(List<Row> of, GrowingDictionary[] dictionaries) {
            this.rows = of.size();
            this.dictionaries = dictionaries;
            // Buffers may be longer than the batch, with anything behind it.
            hours = new long[rows + random.nextInt(3)];
            ids = new int[dictionaries.length][rows + random.nextInt(3)];
            Arrays.fill(hours, 987_654_321);
            for (int[] column : ids) {
                Arrays.fill(column, Integer.MAX_VALUE);
            }
            for (int i = 0; i < rows; i++) {
                hours[i] = of.get(i).hour();
                for (int c = 0; c < ids.length; c++) {
                    ids[c][i] = dictionaries[c].id(of.get(i).values()[c]);
                }
            }
        }

        void spoil() {
            Arrays.fill(hours, -1);
            for (int[] column : ids) {
                Arrays.fill(column, -1);
            }
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public HourVector hours() {
            boolean constant = Arrays.stream(hours, 0, rows).distinct().count() == 1 && random.nextBoolean();
            return new HourVector() {
                @Override
                public boolean isConstant() {
                    return constant;
                }

                @Override
                public long constant() {
                    return hours[0];
                }

                @Override
                public long[] hours() {
                    return hours;
                }
            };
        }

        @Override
        public IdVector values(int c) {
            boolean constant = Arrays.stream(ids[c], 0, rows).distinct().count() == 1 && random.nextBoolean();
            return new IdVector() {
                @Override
                public boolean isConstant() {
                    return constant;
                }

                @Override
                public int constant() {
                    return ids[c][0];
                }

                @Override
                public int[] ids() {
                    return ids[c];
                }

                @Override
                public ValueDictionary dictionary() {
                    return dictionaries[c];
                }
            };
        }
    }

    private static final class GrowingDictionary implements ValueDictionary {
        private final Random random;
        private final List<String> texts = new ArrayList<>(List.of("null's place"));
        private final Map<String, Integer> newest = new HashMap<>();
        private byte[] bytes = new byte[16];
        private int[] offsets = new int[16];

        GrowingDictionary(Random random) {
            this.random = random;
            for (int i = random.nextInt(4); i > 0; i--) {
                grow("unused " + random.nextInt(3));
            }
        }

        int id(String text) {
            if (text == null) {
                return IdVector.NULL;
            }
            Integer known = newest.get(text);
            return known != null && random.nextInt(20) > 0 ? known : grow(text);
        }

        private int grow(String text) {
            int id = texts.size();
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            if (id + 2 > offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            offsets[id + 1] = offsets[id] + value.length;
            if (offsets[id + 1] > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * offsets[id + 1]);
            }
            System.arraycopy(value, 0, bytes, offsets[id], value.length);
            texts.add(text);
            newest.put(text, id);
            return id;
        }

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public String text(int id) {
            return texts.get(id);
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
