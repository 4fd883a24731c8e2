package io.tidemark.ingest.parquet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where a file's column chunks lie, every claim of the footer checked against the file's true size and against limits.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
public final class CheckedFooter {
    /** Magic, footer's length, magic. */
    public static final int TAIL = 8;

    private static final int HEAD = 4;
    private static final int MAGIC = 'P' | 'A' << 8 | 'R' << 16 | '1' << 24;

    private final ThriftReader in = new ThriftReader();
    private final ParquetLimits limits;
    private final long footerStart;
    private final long maxRows;
    private final List<ChunkClaim> chunks = new ArrayList<>();
    private List<ChunkClaim.Leaf> leaves = List.of();
    private int rowGroups;
    private long rows;

    private CheckedFooter(ParquetLimits limits, long fileSize, int length) {
        this.limits = limits;
        this.footerStart = fileSize - TAIL - length;
        this.maxRows = fileSize * limits.rowsPerByte() + limits.freeRows();
    }

    /**
     * The length of the footer of a file whose last {@link #TAIL} bytes are given.
     *
     * @throws ParquetFormatException if they are not Parquet's, or the footer does not fit into the file or the limit
     */
    public static int length(byte[] tail, int at, long fileSize, ParquetLimits limits) {
        if (little(tail, at + 4) != MAGIC) {
            throw new ParquetFormatException("is not Parquet: its last four bytes are not PAR1");
        }
        int length = little(tail, at);
        if (length <= 0 || length > fileSize - TAIL - HEAD || length > limits.maxFooterBytes()) {
            throw new ParquetFormatException("has a footer of " + length + " bytes, where " + (fileSize - TAIL - HEAD)
                    + " are in the file and " + limits.maxFooterBytes() + " are read at most");
        }
        return length;
    }

    private static int little(byte[] bytes, int at) {
        return bytes[at] & 0xff
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    /**
     * Checks a footer.
     *
     * @throws ParquetFormatException if it is damaged, or claims what no limit allows
     */
    public static CheckedFooter of(byte[] bytes, int from, int length, long fileSize, ParquetLimits limits) {
        CheckedFooter footer = new CheckedFooter(limits, fileSize, length);
        footer.read(bytes, from, from + length);
        return footer;
    }

    /** Position of the footer: no page lies at or after it. */
    public long start() {
        return footerStart;
    }

    /** The chunk that a position is in; null if it is in none. */
    ChunkClaim chunkAt(long position) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            ChunkClaim chunk = chunks.get(middle);
            if (position < chunk.start()) {
                high = middle - 1;
            } else if (position >= chunk.end()) {
                low = middle + 1;
            } else {
                return chunk;
            }
        }
        return null;
    }

    private void read(byte[] bytes, int from, int to) {
        in.reset(bytes, from, to);
        long claimed = -1;
        boolean groups = false;
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> {
                    if (groups) {
                        throw new ParquetFormatException("has a footer whose schema is not where it should be");
                    }
                    leaves = new SchemaCheck(in, limits).leaves();
                }
                case 3 -> claimed = in.i64();
                case 4 -> {
                    if (groups || leaves.isEmpty()) {
                        throw new ParquetFormatException("has a footer whose row groups are not where they should be");
                    }
                    groups = true;
                    rowGroups();
                }
                case 8, 9 -> throw new ParquetFormatException("is encrypted, which is not supported");
                default -> in.skip();
            }
        }
        if (!groups || rows != claimed) {
            throw new ParquetFormatException("has a footer whose row groups do not add up to its rows");
        }
        chunks.removeIf(chunk -> chunk.length() == 0);
        chunks.sort(Comparator.comparingLong(ChunkClaim::start));
        for (int i = 1; i < chunks.size(); i++) {
            if (chunks.get(i).start() < chunks.get(i - 1).end()) {
                throw new ParquetFormatException("has column chunks that overlap");
            }
        }
    }

    private void rowGroups() {
        int count = in.structs();
        if ((long) count * leaves.size() > limits.maxChunks()) {
            throw new ParquetFormatException("has " + count + " row groups of " + leaves.size() + " columns; at most "
                    + limits.maxChunks() + " column chunks are read");
        }
        for (rowGroups = 0; rowGroups < count; rowGroups++) {
            rowGroup();
        }
    }

    private void rowGroup() {
        int first = chunks.size();
        long claimed = -1;
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> columns();
                case 3 -> claimed = in.i64();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (claimed < 0 || claimed > maxRows - rows) {
            throw new ParquetFormatException("claims a row group of " + claimed + " rows; at most " + maxRows
                    + " are read of a file of this size");
        }
        rows += claimed;
        if (chunks.size() - first != leaves.size()) {
            throw new ParquetFormatException("has a row group with columns missing or too many");
        }
        long bytes = 0;
        for (ChunkClaim chunk : chunks.subList(first, chunks.size())) {
            bytes += chunk.length();
            boolean flat = chunk.leaf().repetition() == 0;
            if (flat ? chunk.values() != claimed : chunk.values() > maxRows) {
                throw new ParquetFormatException(
                        "has a column of " + chunk.values() + " values in a row group of " + claimed + " rows");
            }
        }
        if (bytes > limits.maxRowGroupBytes()) {
            throw new ParquetFormatException("has a row group of " + bytes + " bytes; at most "
                    + limits.maxRowGroupBytes() + " are read (more with a larger -Xmx)");
        }
    }

    private void columns() {
        int count = in.structs();
        if (count != leaves.size()) {
            throw new ParquetFormatException("has a row group with columns missing or too many");
        }
        for (int i = 0; i < count; i++) {
            chunk(leaves.get(i));
        }
    }

    private void chunk(ChunkClaim.Leaf leaf) {
        boolean described = false;
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> throw new ParquetFormatException("keeps columns in other files, which is not supported");
                case 3 -> {
                    if (described) {
                        throw new ParquetFormatException("describes a column chunk twice");
                    }
                    described = true;
                    metadata(leaf);
                }
                case 8, 9 -> throw new ParquetFormatException("has encrypted columns, which is not supported");
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    private void metadata(ChunkClaim.Leaf leaf) {
        int type = -1;
        int codec = -1;
        long values = -1;
        long length = -1;
        long data = -1;
        long dictionary = -1;
        String path = "";
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 3 -> path = path();
                case 4 -> codec = in.i32();
                case 5 -> values = in.i64();
                case 7 -> length = in.i64();
                case 9 -> data = in.i64();
                case 11 -> dictionary = in.i64();
                default -> in.skip();
            }
        }
        in.leave(outer);
        long start = dictionary > 0 && dictionary < data ? dictionary : data;
        if (type != leaf.type() || !path.equals(leaf.path()) || values < 0) {
            throw new ParquetFormatException("has a column chunk that is not of the schema's column");
        }
        if (length < 0
                || start < 0
                || (length > 0 && start < HEAD)
                || start > footerStart
                || length > footerStart - start) {
            throw new ParquetFormatException("has a column chunk outside the file: " + length + " bytes from " + start);
        }
        chunks.add(new ChunkClaim(start, length, Codec.of(codec), values, rowGroups, leaf));
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        int count = in.strings();
        for (int i = 0; i < count; i++) {
            path.append('\0').append(in.stringElement());
        }
        return path.toString();
    }
}
