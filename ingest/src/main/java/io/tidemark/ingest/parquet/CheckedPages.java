package io.tidemark.ingest.parquet;

import java.io.IOException;
import java.util.Arrays;

/**
 * Looks at the bytes of column chunks while another reader reads them, and stops it in front of the first page that is not
 * what its chunk may hold.
 *
 * <p>A chunk has to be read from its beginning, and in order, as readers do. Not for use by many threads.
 */
public final class CheckedPages {
    private static final int MAX_HEADER = 1 << 20;

    /** What a reader makes of a dictionary's value, beside its bytes. */
    private static final long OBJECT = 64;

    private final CheckedFooter footer;
    private final ParquetLimits limits;
    private final PageCheck check;
    private final ThriftReader thrift = new ThriftReader();
    private final PageHeader header = new PageHeader();

    private ChunkClaim chunk;
    private long nextPosition;
    private long chunkLeft;
    private long valuesLeft;

    /** True if {@link #header} is of a page that is not complete yet. */
    private boolean headed;

    /** Bytes of a header or page that are not complete yet. */
    private byte[] held = {};

    private int heldLength;

    private int rowGroup = -1;
    private long rowGroupBytes;
    private long largestPage;

    public CheckedPages(CheckedFooter footer, ParquetLimits limits) {
        this.footer = footer;
        this.limits = limits;
        this.check = new PageCheck(limits);
    }

    /**
     * To be called with what was read, before anyone else sees it.
     *
     * @param position in the file
     * @throws ParquetFormatException if nobody should read on; goes on from the file's name
     * @throws IOException if a page does not decompress
     */
    public void accept(long position, byte[] bytes, int offset, int length) throws IOException {
        long at = position;
        int from = offset;
        while (from < offset + length) {
            ChunkClaim found = footer.chunkAt(at);
            if (found == null) {
                throw new ParquetFormatException("is read at byte " + at + ", where no column is");
            }
            int count = (int) Math.min(offset + length - from, found.end() - at);
            enter(found, at);
            pages(bytes, from, from + count);
            at += count;
            from += count;
            nextPosition = at;
            if (at == found.end()) {
                leave();
            }
        }
    }

    private void enter(ChunkClaim entered, long at) {
        if (at != entered.start()) {
            if (entered != chunk || at != nextPosition) {
                throw new ParquetFormatException("is read out of order at byte " + at);
            }
            return;
        }
        chunk = entered;
        chunkLeft = entered.length();
        valuesLeft = entered.values();
        headed = false;
        heldLength = 0;
        largestPage = 0;
        if (rowGroup != entered.rowGroup()) {
            rowGroup = entered.rowGroup();
            rowGroupBytes = 0;
        }
        occupy(entered.length());
    }

    private void leave() {
        if (headed || heldLength > 0) {
            throw new ParquetFormatException("has a page that ends after its column chunk");
        }
        if (valuesLeft > 0) {
            throw new ParquetFormatException("has fewer values than its row group has rows");
        }
        // A reader holds one page of each column decompressed, and all dictionaries.
        occupy(largestPage);
    }

    private void occupy(long bytes) {
        rowGroupBytes += bytes;
        if (rowGroupBytes > limits.maxRowGroupBytes()) {
            throw new ParquetFormatException("takes more than " + limits.maxRowGroupBytes()
                    + " bytes of memory for one row group (more is read with a larger -Xmx)");
        }
    }

    private void pages(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to || (headed && header.compressedSize() == 0)) {
            at = headed ? page(bytes, at, to) : header(bytes, at, to);
        }
    }

    /** Returns the position after the header, or {@code to} if it goes on in what is read next. */
    private int header(byte[] bytes, int at, int to) {
        int before = heldLength;
        if (before > 0) {
            hold(bytes, at, Math.min(to - at, MAX_HEADER - before));
        }
        byte[] source = before > 0 ? held : bytes;
        int start = before > 0 ? 0 : at;
        int stop = before > 0 ? heldLength : to;
        int length;
        try {
            length = header.read(thrift, source, start, stop) - start;
        } catch (ParquetFormatException.Truncated e) {
            if (stop - start >= MAX_HEADER) {
                throw new ParquetFormatException("has a page header that does not end");
            }
            if (before == 0) {
                hold(bytes, at, to - at);
            }
            return to;
        }
        chunkLeft -= length;
        headed = true;
        heldLength = 0;
        check.header(header, chunk, valuesLeft, chunkLeft);
        if (header.type() == PageHeader.DICTIONARY) {
            occupy(header.uncompressedSize() + OBJECT * header.values());
        } else {
            largestPage = Math.max(largestPage, header.uncompressedSize());
        }
        return at + length - before;
    }

    /** Returns the position after the page, or {@code to} if it goes on in what is read next. */
    private int page(byte[] bytes, int at, int to) throws IOException {
        int size = header.compressedSize();
        int more = Math.min(size - heldLength, to - at);
        if (more == size) {
            check.page(header, chunk, bytes, at);
        } else {
            hold(bytes, at, more);
            if (heldLength < size) {
                return to;
            }
            check.page(header, chunk, held, 0);
        }
        headed = false;
        heldLength = 0;
        chunkLeft -= size;
        valuesLeft -= PageCheck.isData(header) ? header.values() : 0;
        return at + more;
    }

    private void hold(byte[] bytes, int at, int count) {
        if (held.length < heldLength + count) {
            held = Arrays.copyOf(held, Math.max(heldLength + count, 2 * heldLength));
        }
        System.arraycopy(bytes, at, held, heldLength, count);
        heldLength += count;
    }
}
