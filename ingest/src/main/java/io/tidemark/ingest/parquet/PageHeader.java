package io.tidemark.ingest.parquet;

/**
 * The header of one page; reused from page to page.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
public final class PageHeader {
    public static final int DATA = 0;
    public static final int DICTIONARY = 2;
    public static final int DATA_V2 = 3;

    private static final int RLE = 3;

    private int type;
    private int uncompressedSize;
    private int compressedSize;
    private boolean hasCrc;
    private int crc;
    private int values;
    private int encoding;
    private int levelEncoding;
    private int definitionBytes;
    private int repetitionBytes;
    private boolean compressed;

    /** Reads the header that lies at {@code at} and returns the position after it. */
    public int read(ThriftReader in, byte[] bytes, int at, int end) {
        type = -1;
        uncompressedSize = -1;
        compressedSize = -1;
        hasCrc = false;
        values = -1;
        encoding = -1;
        levelEncoding = RLE;
        definitionBytes = 0;
        repetitionBytes = 0;
        compressed = true;
        in.reset(bytes, at, end);
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 2 -> uncompressedSize = in.i32();
                case 3 -> compressedSize = in.i32();
                case 4 -> {
                    hasCrc = true;
                    crc = in.i32();
                }
                case 5, 7 -> first(in);
                case 8 -> second(in);
                default -> in.skip();
            }
        }
        return in.position();
    }

    /** A dictionary's header, or a data page's of version 1. */
    private void first(ThriftReader in) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> values = in.i32();
                case 2 -> encoding = in.i32();
                case 3 -> levels(in);
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    /** Field 3 is the level encoding of a data page, but a dictionary's order. */
    private void levels(ThriftReader in) {
        if (type == DATA) {
            levelEncoding = in.i32();
        } else {
            in.skip();
        }
    }

    private void second(ThriftReader in) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> values = in.i32();
                case 4 -> encoding = in.i32();
                case 5 -> definitionBytes = in.i32();
                case 6 -> repetitionBytes = in.i32();
                case 7 -> compressed = in.bool();
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    /** {@link #DATA}, {@link #DICTIONARY}, {@link #DATA_V2}, or a number that says nothing. */
    public int type() {
        return type;
    }

    /** As the header claims it; may be negative. */
    public int uncompressedSize() {
        return uncompressedSize;
    }

    /** Bytes that follow the header, as it claims; may be negative. */
    public int compressedSize() {
        return compressedSize;
    }

    public boolean hasCrc() {
        return hasCrc;
    }

    public int crc() {
        return crc;
    }

    /** Number of values with nulls, as the header claims; negative if it does not say. */
    public int values() {
        return values;
    }

    public int encoding() {
        return encoding;
    }

    /** Of definition levels. */
    public int levelEncoding() {
        return levelEncoding;
    }

    public int definitionBytes() {
        return definitionBytes;
    }

    public int repetitionBytes() {
        return repetitionBytes;
    }

    /** False if a page of version 2 is not compressed though its column is. */
    public boolean compressed() {
        return compressed;
    }
}
