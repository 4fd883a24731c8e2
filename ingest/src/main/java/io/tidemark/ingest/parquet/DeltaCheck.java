package io.tidemark.ingest.parquet;

/**
 * Goes over delta-encoded integers without decoding them: readers make arrays as large as the header says.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC">Delta encoding</a>
 */
final class DeltaCheck {
    private static final int MAX_BLOCK = 1 << 20;
    private static final int MAX_MINIBLOCKS = 1 << 10;

    private final byte[] bytes;
    private final int end;
    private int at;

    private DeltaCheck(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /**
     * @param values most that there may be
     * @return position after the last one
     * @throws ParquetFormatException if there are more, or they do not lie within the bytes
     */
    static int check(byte[] bytes, int from, int to, int values) {
        return new DeltaCheck(bytes, from, to).end(values);
    }

    private int end(int values) {
        long block = varint();
        long miniblocks = varint();
        long count = varint();
        varint();
        boolean sane = block > 0
                && block <= MAX_BLOCK
                && miniblocks > 0
                && miniblocks <= MAX_MINIBLOCKS
                && block % (8 * miniblocks) == 0;
        if (!sane || count < 0 || count > values) {
            throw new ParquetFormatException("has a delta-encoded page with an impossible header");
        }
        long perMiniblock = block / miniblocks;
        for (long left = count - 1; left > 0; ) {
            varint();
            int widths = at;
            advance(miniblocks);
            for (int i = 0; i < miniblocks && left > 0; i++, left -= perMiniblock) {
                int width = bytes[widths + i];
                if (width < 0 || width > 64) {
                    throw new ParquetFormatException("has a delta-encoded page with values of " + width + " bits");
                }
                advance(perMiniblock * width / 8);
            }
        }
        return at;
    }

    private void advance(long count) {
        if (count > end - at) {
            throw new ParquetFormatException("has a page with fewer values than it says");
        }
        at += (int) count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new ParquetFormatException("has a page with fewer values than it says");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new ParquetFormatException("has a delta-encoded page with an impossible header");
    }
}
