package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.Codec;
import io.tidemark.ingest.parquet.PageHeader;
import io.tidemark.ingest.parquet.ParquetFormatException;
import io.tidemark.ingest.parquet.ThriftReader;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Reads one column chunk after another, batch by batch: pages, compression and levels are handled here, values by the two
 * subclasses. Reused for chunk after chunk and file after file, buffers and all.
 */
abstract class ChunkReader {

    /** Rows of a full batch: the vectors of some columns and what counts them fit into the second-level cache. */
    static final int BATCH_ROWS = 4096;

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HEADER_GUESS = 1 << 12;
    private static final int HEADER_LIMIT = 1 << 24;

    final ByteBudget budget;
    private final ScanLimits limits;
    private final ChunkBytes bytes;
    private final ThriftReader thrift = new ThriftReader();
    private final PageHeader header = new PageHeader();
    private final Levels levels = new Levels();
    private final CRC32 crc = new CRC32();

    FileColumn column;
    private Codec codec;
    private byte[] page = {};
    private long chunkRows;
    private long rowsLeft;
    private int pageRowsLeft;
    private PageLocations locations;
    private boolean begunPages;

    /** Values of the current page not yet begun with: all of it until {@link #startValues}. */
    private byte[] body;

    private int bodyStart;
    private int bodyEnd;
    private boolean begun;

    private boolean constant;

    ChunkReader(ByteBudget budget, ScanLimits limits) {
        this.budget = budget;
        this.limits = limits;
        this.bytes = new ChunkBytes(budget, limits.windowBytes());
    }

    /** A dictionary page: {@code count} values in PLAIN encoding. The array has the slack, and is soon used again. */
    abstract void dictionary(byte[] from, int start, int end, int count);

    /** Begins with the values of a page that has at least one. The array has the slack. */
    abstract void startValues(int encoding, byte[] from, int start, int end);

    /** Decodes values into the vector. */
    abstract void decode(int offset, int count);

    /** True if the next values, a whole batch, are equal and were taken as the vector's constant. */
    abstract boolean decodeConstant(int count);

    abstract void fillNull(int offset, int count);

    abstract void constantNull();

    /** Moves the values that lie densely from {@code offset} to where levels are 1, nulls to where they are 0. */
    abstract void spread(int offset, int count, int values, byte[] levels);

    /** Keeps only the rows with these numbers, ascending, of a batch that is not constant. */
    abstract void keepRows(int[] rows, int count);

    /** Goes past values, at most {@link #BATCH_ROWS}. What the vector held is lost. */
    void skipValues(int count) {
        decode(0, count);
    }

    /** Begins with a chunk whose pages {@link #bytes()} was set to. */
    void startChunk(FileColumn fileColumn, Chunk chunk) {
        if (chunk.type() != fileColumn.type()) {
            throw new Malformed("is " + chunk.type() + " in a row group, but " + fileColumn.type() + " in the schema");
        }
        column = fileColumn;
        codec = chunk.codec();
        chunkRows = chunk.values();
        rowsLeft = chunkRows;
        pageRowsLeft = 0;
        locations = null;
        begunPages = false;
    }

    ChunkBytes bytes() {
        return bytes;
    }

    /** Where the chunk's pages lie; makes {@link #moveTo} jump. To be called after {@link #startChunk}. */
    final void setLocations(PageLocations where) {
        locations = where;
    }

    /** Has no more read ahead than the pages before this row need, where pages are known. */
    final void readNoFurtherThan(long row) {
        if (locations != null) {
            bytes.readNoFurtherThan(locations.endOfPage(locations.pageOf(row - 1)));
        }
    }

    /** True if a page of the chunk was read. */
    final boolean hasBegun() {
        return begunPages;
    }

    /** Reads the first page, a dictionary's if there is one. */
    final void readFirstPage() throws IOException {
        nextPage(0);
    }

    public final boolean isConstant() {
        return constant;
    }

    /** Makes the vector constant for as long as nothing is read. */
    final void setConstant() {
        constant = true;
    }

    final void keep(int[] rows, int count) {
        if (!constant) {
            keepRows(rows, count);
        }
    }

    /** Reads the next {@code rows} rows, at most {@link #BATCH_ROWS}. */
    void read(int rows) throws IOException {
        constant = false;
        int filled = 0;
        while (filled < rows) {
            if (pageRowsLeft == 0) {
                nextPage(0);
                continue;
            }
            int take = Math.min(rows - filled, pageRowsLeft);
            int defined = startedValues(take);
            if (take == rows && readConstant(take, defined)) {
                constant = true;
            } else if (defined == take) {
                decode(filled, take);
            } else if (defined == 0) {
                fillNull(filled, take);
            } else {
                decodeAmongNulls(filled, defined, levels.array());
                spread(filled, take, defined, levels.array());
            }
            filled += take;
            pageRowsLeft -= take;
        }
    }

    /** Decodes the values of rows of which some are null: those where levels are 1. */
    void decodeAmongNulls(int offset, int values, byte[] levelsOfRows) {
        decode(offset, values);
    }

    private int startedValues(int rows) {
        int defined = levels.defined(rows);
        if (defined > 0 && !begun) {
            startValues(header.encoding(), body, bodyStart, bodyEnd);
            begun = true;
        }
        return defined;
    }

    /**
     * Goes forward to a row of the chunk. Pages in between are not decompressed, and not even read where it is known where
     * the next one lies.
     */
    public final void moveTo(long row) throws IOException {
        long left = row - (chunkRows - rowsLeft - pageRowsLeft);
        while (left > 0) {
            if (pageRowsLeft == 0) {
                left -= jump(row);
                if (left > 0) {
                    left -= nextPage(left);
                }
            } else if (left >= pageRowsLeft) {
                left -= pageRowsLeft;
                pageRowsLeft = 0;
            } else {
                int take = (int) Math.min(left, BATCH_ROWS);
                int defined = startedValues(take);
                if (defined > 0) {
                    skipValues(defined);
                }
                pageRowsLeft -= take;
                left -= take;
            }
        }
    }

    /** Goes to the page that has this row, if that is known and further on; returns how many rows that is. */
    private long jump(long row) throws IOException {
        if (locations == null) {
            return 0;
        }
        if (!begunPages && bytes.filePosition() < locations.offset(0)) {
            nextPage(0);
        }
        int page = locations.pageOf(row);
        long skipped = locations.firstRow(page) - (chunkRows - rowsLeft);
        if (pageRowsLeft > 0 || skipped <= 0) {
            return 0;
        }
        bytes.skip(locations.offset(page) - bytes.filePosition());
        rowsLeft -= skipped;
        return skipped;
    }

    private boolean readConstant(int rows, int defined) {
        if (defined == 0) {
            constantNull();
            return true;
        }
        return defined == rows && decodeConstant(rows);
    }

    /**
     * Begins with the next page.
     *
     * @param skippable if the page has no more than this many rows, it is left out
     * @return how many rows were left out
     */
    private int nextPage(long skippable) throws IOException {
        if (bytes.remaining() == 0) {
            throw new Malformed("has fewer values than its row group has rows");
        }
        readHeader();
        int size = header.compressedSize();
        if (size < 0 || header.uncompressedSize() < 0) {
            throw new Malformed("has a page of negative size");
        }
        if (size > limits.maxPageBytes() || header.uncompressedSize() > limits.maxPageBytes()) {
            throw new Malformed("has a page of " + Math.max(size, header.uncompressedSize()) + " bytes; at most "
                    + limits.maxPageBytes() + " are read");
        }
        boolean data = header.type() == PageHeader.DATA || header.type() == PageHeader.DATA_V2;
        if (data && header.values() >= 0 && header.values() <= Math.min(skippable, rowsLeft)) {
            checkRows();
            begunPages = true;
            rowsLeft -= header.values();
            bytes.skip(size);
            return header.values();
        }
        bytes.require(size);
        int start = bytes.position();
        checkCrc(start, size);
        switch (header.type()) {
            case PageHeader.DICTIONARY -> dictionaryPage(start, size);
            case PageHeader.DATA -> dataPage(start, size);
            case PageHeader.DATA_V2 -> dataPageV2(start, size);
            default -> {}
        }
        bytes.position(start + size);
        return 0;
    }

    private void readHeader() throws IOException {
        int guess = HEADER_GUESS;
        while (true) {
            bytes.prefetch(guess);
            try {
                bytes.position(header.read(thrift, bytes.array(), bytes.position(), bytes.limit()));
                return;
            } catch (ParquetFormatException.Truncated e) {
                if (guess >= HEADER_LIMIT || guess >= bytes.remaining()) {
                    throw new Malformed("has a page header that does not end");
                }
                guess *= 16;
            }
        }
    }

    /** Costs a tenth of decompression, so a checksum that is there is always looked at. */
    private void checkCrc(int start, int size) {
        if (header.hasCrc()) {
            crc.reset();
            crc.update(bytes.array(), start, size);
            if ((int) crc.getValue() != header.crc()) {
                throw new Malformed("has a page whose checksum does not match: the file is damaged");
            }
        }
    }

    private void dictionaryPage(int start, int size) throws IOException {
        if (begunPages) {
            throw new Malformed("has a dictionary page that is not the first page of its column chunk");
        }
        begunPages = true;
        uncompress(start, size, header.uncompressedSize(), true);
        if (header.values() < 0) {
            throw new Malformed("has a dictionary page without a number of values");
        }
        dictionary(body, bodyStart, bodyEnd, header.values());
    }

    private void dataPage(int start, int size) throws IOException {
        startRows();
        uncompress(start, size, header.uncompressedSize(), true);
        if (!column.isOptional()) {
            levels.allDefined();
        } else if (header.levelEncoding() == Encoding.BIT_PACKED) {
            levels.startLegacy(body, bodyStart, takeFromBody((header.values() + 7) >>> 3));
        } else if (header.levelEncoding() == Encoding.RLE) {
            int length = bodyEnd - bodyStart < 4 ? -1 : (int) INT.get(body, bodyStart);
            takeFromBody(4);
            int levelStart = bodyStart;
            levels.start(body, levelStart, takeFromBody(length));
        } else {
            throw new Malformed("has definition levels in encoding number " + header.levelEncoding());
        }
    }

    private void dataPageV2(int start, int size) throws IOException {
        startRows();
        int repetition = header.repetitionBytes();
        int definition = header.definitionBytes();
        if (repetition < 0 || definition < 0 || (long) repetition + definition > size) {
            throw new Malformed("has levels that take more than their page");
        }
        int levelStart = start + repetition;
        if (column.isOptional()) {
            levels.start(bytes.array(), levelStart, levelStart + definition);
        } else {
            levels.allDefined();
        }
        int before = repetition + definition;
        uncompress(start + before, size - before, header.uncompressedSize() - before, header.compressed());
    }

    private void startRows() {
        if (header.values() < 0 || header.values() > rowsLeft) {
            throw new Malformed("has more values than its row group has rows");
        }
        checkRows();
        rowsLeft -= header.values();
        pageRowsLeft = header.values();
        begunPages = true;
        begun = false;
    }

    private void checkRows() {
        if (locations != null && !locations.isPage(chunkRows - rowsLeft, header.values())) {
            throw new Malformed("has a page index that does not fit its pages");
        }
    }

    /** Cuts bytes off the front of the page's body and returns where they end. */
    private int takeFromBody(int count) {
        if (count < 0 || count > bodyEnd - bodyStart) {
            throw new Malformed("has levels that take more than their page");
        }
        bodyStart += count;
        return bodyStart;
    }

    private void uncompress(int start, int size, int uncompressed, boolean compressed) throws IOException {
        if (!compressed || codec == Codec.UNCOMPRESSED || size == 0) {
            body = bytes.array();
            bodyStart = start;
            bodyEnd = start + size;
            return;
        }
        if (uncompressed < 0) {
            throw new Malformed("has a page of negative size");
        }
        codec.checkRatio(size, uncompressed);
        page = budget.atLeast(page, uncompressed);
        codec.decompress(bytes.array(), start, size, page, uncompressed);
        body = page;
        bodyStart = 0;
        bodyEnd = uncompressed;
    }
}
