package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.Codec;
import io.tidemark.ingest.parquet.PageHeader;
import io.tidemark.ingest.parquet.ThriftReader;
import io.tidemark.ingest.scan.FileColumn.Physical;
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
    private static final int ONLY_DICTIONARY_V1 = 1;
    private static final int DICTIONARY_PAGES = 1;
    private static final int OTHER = 2;
    private static final Physical[] TYPES = Physical.values();

    private final ThriftReader in;
    private final ChunkStatistics statistics = new ChunkStatistics();
    private boolean detailed;
    private int encodings;
    private int pageEncodings;
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
     * @param withDetail true if {@link Chunk#detail()} is wanted
     */
    List<RowGroup> rowGroups(int[] leaves, String[] names, long dataEnd, boolean withDetail) {
        this.dataEnd = dataEnd;
        this.names = names;
        this.detailed = withDetail;
        List<RowGroup> groups = new ArrayList<>();
        boolean found = false;
        in.reset(bytes, start, end);
        in.enter();
        while (!found && in.next()) {
            if (in.field() == 4) {
                found = true;
                int count = in.structs();
                for (int i = 0; i < count; i++) {
                    groups.add(rowGroup(leaves));
                }
            } else {
                in.skip();
            }
        }
        if (!found) {
            // A file without rows says so: its list is there, and empty.
            throw new Malformed("has a footer without row groups");
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
        long[] places = {-1, -1, -1, -1};
        pathLength = -1;
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> throw new Malformed("keeps columns in other files, which is not supported");
                case 3 -> chunk = chunkMetadata();
                case 4, 6 -> places[in.field() - 4] = in.i64();
                case 5, 7 -> places[in.field() - 4] = in.i32();
                case 8 -> throw new Malformed("has encrypted columns, which is not supported");
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (name != null && !isNamed(name)) {
            throw new Malformed("has a row group whose columns are not those of its schema");
        }
        return chunk == null || !detailed
                ? chunk
                : chunk.withIndexes(place(places[2], places[3]), place(places[0], places[1]));
    }

    /** An index that cannot lie there is no index: it is there to save work only. */
    private ChunkDetail.Place place(long at, long length) {
        boolean possible = at > 0 && length > 0 && length < Integer.MAX_VALUE && at < dataEnd && length <= dataEnd - at;
        return possible ? new ChunkDetail.Place(at, (int) length) : null;
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
        encodings = 0;
        pageEncodings = 0;
        statistics.clear();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 2 -> encodings();
                case 3 -> path();
                case 4 -> codec = in.i32();
                case 5 -> values = in.i64();
                case 7 -> length = in.i64();
                case 9 -> data = in.i64();
                case 11 -> dictionary = in.i64();
                case 12 -> statistics.read(in);
                case 13 -> pageEncodings();
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
        Chunk.Bounds bounds = statistics.exactBounds(bytes, physical);
        return new Chunk(
                physical, Codec.of(codec), values, first, length, bounds, detailed ? detail(physical, data) : null);
    }

    private ChunkDetail detail(Physical type, long dataStart) {
        boolean none = pageEncodings == 0;
        boolean dictionaryPages = none ? encodings == ONLY_DICTIONARY_V1 : pageEncodings == DICTIONARY_PAGES;
        return new ChunkDetail(
                dataStart,
                dictionaryPages,
                statistics.nulls(),
                statistics.numbers(bytes, type),
                statistics.texts(bytes, type),
                null,
                null);
    }

    /** Without numbers of pages, only the names of version 1 tell that no page is plain: its PLAIN would be for one. */
    private void encodings() {
        if (!detailed) {
            in.skip();
            return;
        }
        int count = in.integers();
        for (int i = 0; i < count; i++) {
            int encoding = in.element32();
            boolean levels = encoding == Encoding.RLE || encoding == Encoding.BIT_PACKED;
            encodings |= levels ? 0 : encoding == Encoding.PLAIN_DICTIONARY ? ONLY_DICTIONARY_V1 : OTHER;
        }
    }

    private void pageEncodings() {
        if (!detailed) {
            in.skip();
            return;
        }
        int count = in.structs();
        for (int i = 0; i < count; i++) {
            int page = -1;
            int encoding = -1;
            in.element();
            int outer = in.enter();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> page = in.i32();
                    case 2 -> encoding = in.i32();
                    default -> in.skip();
                }
            }
            in.leave(outer);
            if (page == PageHeader.DATA || page == PageHeader.DATA_V2) {
                pageEncodings |= Encoding.isDictionary(encoding) ? DICTIONARY_PAGES : OTHER;
            }
        }
    }
}
