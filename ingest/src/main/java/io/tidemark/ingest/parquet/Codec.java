package io.tidemark.ingest.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.xerial.snappy.Snappy;

/**
 * Parquet's compression codecs, in the order of their ids.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Compression.md">Compression.md</a>
 */
public enum Codec {
    UNCOMPRESSED(1),
    SNAPPY(64),
    GZIP(1_100),
    LZO(0),
    BROTLI(0),
    LZ4(0),
    ZSTD(40_000),
    LZ4_RAW(256);

    private static final Codec[] BY_ID = values();

    /** No more than this many bytes come out for one that goes in, by the format itself; 0 = not supported. */
    private final int maxRatio;

    Codec(int maxRatio) {
        this.maxRatio = maxRatio;
    }

    /** @throws ParquetFormatException if the codec is not known, or not supported: then it is named */
    public static Codec of(int id) {
        if (id < 0 || id >= BY_ID.length) {
            throw new ParquetFormatException("is compressed with codec number " + id + ", which is not known");
        }
        Codec codec = BY_ID[id];
        if (codec.maxRatio == 0) {
            throw new ParquetFormatException("is compressed with " + codec
                    + ", which is not supported. Supported: UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW");
        }
        return codec;
    }

    /** Refuses a claimed size that the codec could not reach, before a buffer is made for it. */
    public void checkRatio(int compressed, int uncompressed) {
        if (uncompressed > ((long) compressed + 64) * maxRatio) {
            throw new ParquetFormatException(
                    "has a page of " + compressed + " bytes that claims to hold " + uncompressed);
        }
    }

    /** Fills {@code to} from its start with exactly {@code size} bytes, or throws. */
    public void decompress(byte[] from, int at, int length, byte[] to, int size) throws IOException {
        long made = switch (this) {
            case SNAPPY -> snappy(from, at, length, to, size);
            case ZSTD -> zstd(from, at, length, to, size);
            case LZ4_RAW -> lz4(from, at, length, to, size);
            case GZIP -> gzip(from, at, length, to, size);
            default -> throw new IllegalStateException(name());
        };
        if (made != size) {
            throw new ParquetFormatException("has a page that does not decompress to its size");
        }
    }

    /** The native code writes as much as the data says, so the data is asked first. */
    private static int snappy(byte[] from, int at, int length, byte[] to, int size) throws IOException {
        return Snappy.uncompressedLength(from, at, length) == size ? Snappy.uncompress(from, at, length, to, 0) : -1;
    }

    private static long zstd(byte[] from, int at, int length, byte[] to, int size) {
        return Zstd.decompressByteArray(to, 0, size, from, at, length);
    }

    private static int lz4(byte[] from, int at, int length, byte[] to, int size) {
        try {
            return Lz4.FACTORY.safeDecompressor().decompress(from, at, length, to, 0, size);
        } catch (LZ4Exception e) {
            return -1;
        }
    }

    private static int gzip(byte[] from, int at, int length, byte[] to, int size) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(from, at, length), 1 << 13)) {
            int made = in.readNBytes(to, 0, size);
            return in.read() < 0 ? made : -1;
        }
    }

    /** Loads native code, and only where it is used. */
    private static final class Lz4 {
        static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();
    }
}
