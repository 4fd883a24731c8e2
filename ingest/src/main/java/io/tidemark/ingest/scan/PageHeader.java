package io.tidemark.ingest.scan;

/**
 * The header of one page; reused from page to page.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
final class PageHeader {
    static final int DATA = 0;
    static final int DICTIONARY = 2;
    static final int DATA_V2 = 3;

    int type;
    int uncompressedSize;
    int compressedSize;
    boolean hasCrc;
    int crc;
    int values;
    int encoding;
    int levelEncoding;
    int definitionBytes;
    int repetitionBytes;
    boolean compressed;

    /** Reads the header that lies at {@code at} and returns the position after it. */
    int read(ThriftReader in, byte[] bytes, int at, int end) {
        type = -1;
        uncompressedSize = -1;
        compressedSize = -1;
        hasCrc = false;
        values = -1;
        encoding = -1;
        levelEncoding = Encoding.RLE;
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
}
