package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.Codec;
import io.tidemark.ingest.parquet.ThriftReader;
import io.tidemark.ingest.scan.FileColumn.Physical;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what a scan needs of a footer, in one pass and without an object for each of the file's other columns.
 *
 * <p>Used in two steps: {@link #schema} first, then {@link #rowGroups} with the leaves wanted.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
final class FooterReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Physical[] TYPES = Physical.values();

    private final ThriftReader in;
    private final Statistics statistics = new Statistics();
    private byte[] bytes;
    private int start;
    private int end;
    private long rows;
    private long dataEnd;
    private String[] names;

    /** Where the name of the chunk's column lies in the footer, of the chunk that was read last; length -1 if it is nested. */
    private int path;

    private int pathLength;

    FooterReader(ThriftReader in) {
        this.in = in;
    }

    /** Reads the schema of the footer that lies at {@code start} of an array. */
    List<FileColumn> schema(byte[] footer, int from, int to) {
        bytes = footer;
        start = from;
        end = to;
        rows = -1;
        in.reset(bytes, start, end);
        List<FileColumn> columns = null;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> columns = new SchemaReader(in).read();
                case 3 -> rows = in.i64();
                case 8 -> throw new Malformed("is encrypted, which is not supported");
                case 4 -> {
                    if (columns != null && rows >= 0) {
                        return columns;
                    }
                    in.skip();
                }
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (columns == null || rows < 0) {
            throw new Malformed("has a footer without a schema or a number of rows");
        }
        return columns;
    }

    /** Rows of the whole file, by the footer. */
    long rows() {
        return rows;
    }

    /**
     * Reads the row groups; only after {@link #schema}.
     *
     * @param leaves number of the column chunk for each slot; -1 for a slot without one
     * @param names of the slots' columns in the file, or the names that were not found; null where none is looked for
     * @param dataEnd no page lies at or after this position
     */
    List<RowGroup> rowGroups(int[] leaves, String[] names, long dataEnd) {
        this.dataEnd = dataEnd;
        this.names = names;
        List<RowGroup> groups = new ArrayList<>();
        in.reset(bytes, start, end);
        in.enter();
        while (in.next()) {
            if (in.field() == 4) {
                int count = in.structs();
                for (int i = 0; i < count; i++) {
                    groups.add(rowGroup(leaves));
                }
                break;
            }
            in.skip();
        }
        long sum = 0;
        for (RowGroup group : groups) {
            sum += group.rows();
        }
        if (sum != rows) {
            throw new Malformed("has a footer whose row groups do not add up to its rows");
        }
        return groups;
    }

    private RowGroup rowGroup(int[] leaves) {
        long count = -1;
        Chunk[] chunks = new Chunk[leaves.length];
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> columns(leaves, chunks);
                case 3 -> count = in.i64();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (count < 0 || count > rows) {
            throw new Malformed("has a row group of " + count + " rows in a file of " + rows);
        }
        for (int slot = 0; slot < leaves.length; slot++) {
            if (leaves[slot] >= 0 && (chunks[slot] == null || chunks[slot].values() != count)) {
                throw new Malformed("has a row group with a column missing or of another length");
            }
        }
        return new RowGroup(count, chunks);
    }

    private void columns(int[] leaves, Chunk[] chunks) {
        int count = in.structs();
        for (int leaf = 0; leaf < count; leaf++) {
            Chunk chunk = null;
            boolean wanted = false;
            for (int slot = 0; slot < leaves.length; slot++) {
                if (leaves[slot] == leaf) {
                    chunk = wanted ? chunk : chunk(names[slot]);
                    wanted = true;
                    chunks[slot] = chunk;
                }
            }
            if (!wanted && isMissingAny(leaves)) {
                chunk(null);
                requireNotMissing(leaves);
            } else if (!wanted) {
                in.element();
                in.skip();
            }
        }
    }

    /** True if a column that is looked for is not in the schema. */
    private boolean isMissingAny(int[] leaves) {
        for (int slot = 0; slot < leaves.length; slot++) {
            if (leaves[slot] < 0 && names[slot] != null) {
                return true;
            }
        }
        return false;
    }

    /** A column is missing, and so null, only if row groups do not know it either: else its name in the schema is damaged. */
    private void requireNotMissing(int[] leaves) {
        for (int slot = 0; slot < leaves.length; slot++) {
            if (leaves[slot] < 0 && names[slot] != null && isAt(names[slot])) {
                throw new Malformed("has a column '" + names[slot] + "' in its row groups that is not in its schema");
            }
        }
    }

    /** True if the chunk that was read last is of a top-level column with this name. */
    private boolean isAt(String name) {
        return pathLength >= 0 && new String(bytes, path, pathLength, StandardCharsets.UTF_8).equalsIgnoreCase(name);
    }

    /** @param name as the schema has it; null if it is not to be checked */
    private Chunk chunk(String name) {
        Chunk chunk = null;
        pathLength = -1;
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> throw new Malformed("keeps columns in other files, which is not supported");
                case 3 -> chunk = chunkMetadata();
                case 8 -> throw new Malformed("has encrypted columns, which is not supported");
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (name != null && !isNamed(name)) {
            throw new Malformed("has a row group whose columns are not those of its schema");
        }
        return chunk;
    }

    private boolean isNamed(String name) {
        byte[] expected = name.getBytes(StandardCharsets.UTF_8);
        return pathLength >= 0 && Arrays.equals(bytes, path, path + pathLength, expected, 0, expected.length);
    }

    /** Remembers the name of a top-level column; a nested one has more than one, and is never read. */
    private void path() {
        int count = in.strings();
        for (int i = 0; i < count; i++) {
            path = in.binaryElement();
            pathLength = count == 1 ? in.length() : -1;
        }
    }

    private Chunk chunkMetadata() {
        int type = -1;
        int codec = -1;
        long values = -1;
        long length = -1;
        long data = -1;
        long dictionary = -1;
        statistics.clear();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 3 -> path();
                case 4 -> codec = in.i32();
                case 5 -> values = in.i64();
                case 7 -> length = in.i64();
                case 9 -> data = in.i64();
                case 11 -> dictionary = in.i64();
                case 12 -> statistics.read();
                default -> in.skip();
            }
        }
        in.leave(outer);
        long first = dictionary > 0 && dictionary < data ? dictionary : data;
        if (type < 0 || type >= TYPES.length || values < 0) {
            throw new Malformed("has a column chunk without type or values");
        }
        if (first < 0 || length < 0 || first > dataEnd || length > dataEnd - first) {
            throw new Malformed("has a column chunk outside the file: " + length + " bytes from " + first);
        }
        Physical physical = TYPES[type];
        return new Chunk(physical, Codec.of(codec), values, first, length, statistics.bounds(physical));
    }

    /** Statistics of one chunk. Positions of the values in the footer, -1 if absent. */
    private final class Statistics {
        private int max;
        private int maxLength;
        private int min;
        private int minLength;
        private long nulls;
        private boolean exact;

        void clear() {
            max = -1;
            min = -1;
            nulls = -1;
            exact = true;
        }

        void read() {
            int outer = in.enter();
            while (in.next()) {
                switch (in.field()) {
                    // 1 and 2 are the deprecated bounds: of signed integers they are right.
                    case 1, 5 -> {
                        max = in.binary();
                        maxLength = in.length();
                    }
                    case 2, 6 -> {
                        min = in.binary();
                        minLength = in.length();
                    }
                    case 3 -> nulls = in.i64();
                    case 7, 8 -> exact &= in.bool();
                    default -> in.skip();
                }
            }
            in.leave(outer);
        }

        Chunk.Bounds bounds(Physical type) {
            int width = type.width;
            boolean whole = type == Physical.INT64 || type == Physical.INT32;
            if (!whole || nulls != 0 || !exact || min < 0 || max < 0 || minLength != width || maxLength != width) {
                return null;
            }
            long least = width == Long.BYTES ? (long) LONG.get(bytes, min) : (int) INT.get(bytes, min);
            long greatest = width == Long.BYTES ? (long) LONG.get(bytes, max) : (int) INT.get(bytes, max);
            return least <= greatest ? new Chunk.Bounds(least, greatest) : null;
        }
    }
}
