package io.tidemark.ingest.parquet;

/**
 * Goes over the runs of the hybrid of run-length encoding and bit packing without decoding them: readers make arrays as large
 * as a run says it is.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE">Run Length Encoding</a>
 */
final class RunCheck {
    /** Writers fill a last bit-packed run up, to at most 63 groups of eight. */
    private static final int PADDING = 504;

    private RunCheck() {}

    /**
     * @param bits of a value
     * @param values how many there must be
     * @throws ParquetFormatException if there are fewer, or a run is larger than the values or the bytes that are left
     */
    static void exactly(byte[] bytes, int from, int to, int bits, int values) {
        if (walk(bytes, from, to, bits, values) > 0) {
            throw new ParquetFormatException("has a page with fewer levels than values");
        }
    }

    /** As {@link #exactly}, but there may be fewer: nulls take no index. */
    static void upTo(byte[] bytes, int from, int to, int bits, int values) {
        walk(bytes, from, to, bits, values);
    }

    private static long walk(byte[] bytes, int from, int to, int bits, int values) {
        if (bits < 0 || bits > 32) {
            throw new ParquetFormatException("has values of " + bits + " bits, where at most 32 are possible");
        }
        int at = from;
        long left = bits == 0 ? 0 : values;
        while (left > 0 && at < to) {
            long header = 0;
            int shift = 0;
            while (true) {
                if (at >= to || shift > 28) {
                    throw new ParquetFormatException("has a run that ends too early");
                }
                byte b = bytes[at++];
                header |= (long) (b & 0x7f) << shift;
                shift += 7;
                if (b >= 0) {
                    break;
                }
            }
            long count = header >>> 1;
            long size = (header & 1) == 0 ? (bits + 7) >>> 3 : count * bits;
            if ((header & 1) != 0) {
                count *= 8;
                // The last run may be cut short where its padding would be.
                size = Math.min(size, Math.max(to - at, (Math.min(count, left) * bits + 7) >>> 3));
            }
            if (count == 0 || count > left + PADDING || size > to - at) {
                throw new ParquetFormatException("has a run of " + count + " values where " + left + " are left");
            }
            at += (int) size;
            left -= count;
        }
        return left;
    }
}
