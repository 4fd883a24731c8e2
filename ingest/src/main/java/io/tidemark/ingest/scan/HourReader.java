package io.tidemark.ingest.scan;

import java.util.Arrays;

/** The time column, as hours. */
final class HourReader extends ChunkReader implements HourVector {
    private final long[] hours = new long[BATCH_ROWS];
    private final int[] indices = new int[BATCH_ROWS];
    private final HybridRuns runs = new HybridRuns();
    private final DeltaBinary delta = new DeltaBinary();

    private long[] dictionary = {};
    private int dictionarySize;
    private HourForm form;
    private int encoding;
    private byte[] bytes;
    private int at;
    private int end;
    private int stride;
    private int splitNext;
    private long constant;

    HourReader(ByteBudget budget, ScanLimits limits) {
        super(budget, limits);
    }

    @Override
    void startChunk(FileColumn fileColumn, Chunk chunk) {
        super.startChunk(fileColumn, chunk);
        form = HourForm.of(fileColumn);
        dictionarySize = 0;
    }

    /**
     * Makes the hour that all rows of a row group have, by its statistics, the constant.
     *
     * @return false if the statistics do not say that there is only one
     */
    boolean takeConstant(FileColumn fileColumn, Chunk chunk) {
        Chunk.Bounds bounds = chunk.bounds();
        if (bounds == null) {
            return false;
        }
        HourForm of = HourForm.of(fileColumn);
        long hour = of.hour(bounds.min());
        if (hour != of.hour(bounds.max())) {
            return false;
        }
        setConstant(hour);
        return true;
    }

    void setConstant(long hour) {
        constant = hour;
        setConstant();
    }

    @Override
    public long constant() {
        return constant;
    }

    @Override
    public long[] hours() {
        return hours;
    }

    @Override
    void dictionary(byte[] from, int start, int stop, int count) {
        int width = column.width();
        if ((long) count * width > stop - start) {
            throw new Malformed("has a dictionary page with fewer values than it says");
        }
        dictionary = budget.extend(dictionary, count);
        dictionarySize = count;
        form.plain(from, start, dictionary, 0, count);
    }

    @Override
    void startValues(int pageEncoding, byte[] from, int start, int stop) {
        encoding = Encoding.isDictionary(pageEncoding) ? Encoding.RLE_DICTIONARY : pageEncoding;
        bytes = from;
        at = start;
        end = stop;
        switch (encoding) {
            case Encoding.PLAIN -> {}
            case Encoding.RLE_DICTIONARY -> startIndices(runs, from, start, stop, dictionarySize);
            case Encoding.DELTA_BINARY_PACKED -> {
                if (form == HourForm.INT96) {
                    throw Encoding.unexpected(pageEncoding, column);
                }
                delta.start(budget, from, start, stop);
            }
            case Encoding.BYTE_STREAM_SPLIT -> {
                if (form == HourForm.INT96) {
                    throw Encoding.unexpected(pageEncoding, column);
                }
                stride = (stop - start) / column.width();
                splitNext = 0;
            }
            default -> throw Encoding.unexpected(pageEncoding, column);
        }
    }

    /** Indices into a dictionary begin with a byte that says how many bits each has. */
    static void startIndices(HybridRuns runs, byte[] from, int start, int stop, int dictionarySize) {
        if (start >= stop) {
            throw new Malformed("has a page with fewer values than it says");
        }
        runs.start(from, start + 1, stop, from[start], dictionarySize);
    }

    @Override
    void decode(int offset, int count) {
        switch (encoding) {
            case Encoding.PLAIN -> {
                int size = count * column.width();
                if (size > end - at) {
                    throw new Malformed("has a page with fewer values than it says");
                }
                form.plain(bytes, at, hours, offset, count);
                at += size;
            }
            case Encoding.RLE_DICTIONARY -> {
                runs.read(indices, 0, count, 0);
                gather(offset, count);
            }
            case Encoding.DELTA_BINARY_PACKED -> {
                delta.read(hours, offset, count);
                narrow(offset, count);
                form.convert(hours, offset, count);
            }
            default -> {
                unsplit(offset, count);
                form.convert(hours, offset, count);
            }
        }
    }

    /** Deltas of 32-bit values may overflow, and are meant to. */
    private void narrow(int offset, int count) {
        if (column.width() == Integer.BYTES) {
            for (int i = offset; i < offset + count; i++) {
                hours[i] = (int) hours[i];
            }
        }
    }

    private void gather(int offset, int count) {
        for (int i = 0; i < count; i++) {
            hours[offset + i] = dictionary[indices[i]];
        }
    }

    private void unsplit(int offset, int count) {
        int width = column.width();
        if (count > stride - splitNext) {
            throw new Malformed("has a page with fewer values than it says");
        }
        for (int i = 0; i < count; i++, splitNext++) {
            long value = 0;
            for (int b = 0; b < width; b++) {
                value |= (bytes[at + b * stride + splitNext] & 0xffL) << (8 * b);
            }
            hours[offset + i] = width == Integer.BYTES ? (int) value : value;
        }
    }

    @Override
    boolean decodeConstant(int count) {
        if (encoding != Encoding.RLE_DICTIONARY || !runs.repeats(count)) {
            return false;
        }
        constant = dictionary[runs.repeatedValue()];
        runs.skipRepeated(count);
        return true;
    }

    @Override
    void fillNull(int offset, int count) {
        Arrays.fill(hours, offset, offset + count, NO_TIME);
    }

    @Override
    void constantNull() {
        constant = NO_TIME;
    }

    @Override
    void spread(int offset, int count, int values, byte[] levels) {
        int from = offset + values;
        for (int i = count - 1; i >= 0; i--) {
            from -= levels[i];
            hours[offset + i] = levels[i] == 0 ? NO_TIME : hours[from];
        }
    }

    @Override
    void keepRows(int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            hours[i] = hours[rows[i]];
        }
    }
}
