package io.tidemark.ingest.parquet;

import java.io.IOException;
import java.util.zip.CRC32;

/**
 * Looks through a page before another reader does: decompresses it within its claimed size, and follows every count in it by
 * which a reader would make an array.
 */
final class PageCheck {
    private static final int PLAIN_DICTIONARY = 2;
    private static final int RLE = 3;
    private static final int BIT_PACKED = 4;
    private static final int DELTA_BINARY_PACKED = 5;
    private static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    private static final int DELTA_BYTE_ARRAY = 7;
    private static final int RLE_DICTIONARY = 8;

    private final ParquetLimits limits;
    private final CRC32 crc = new CRC32();
    private byte[] scratch = {};

    /** The page's values, with the levels before them in version 1. */
    private byte[] bytes;

    private int at;
    private int end;

    PageCheck(ParquetLimits limits) {
        this.limits = limits;
    }

    /** Checks what can be said without the page's bytes. */
    void header(PageHeader header, ChunkClaim chunk, long valuesLeft, long bytesLeft) {
        int size = header.compressedSize();
        int uncompressed = header.uncompressedSize();
        if (size < 0 || uncompressed < 0) {
            throw new ParquetFormatException("has a page of negative size");
        }
        if (size > bytesLeft) {
            throw new ParquetFormatException("has a page that ends after its column chunk");
        }
        if (Math.max(size, uncompressed) > limits.maxPageBytes()) {
            throw new ParquetFormatException("has a page of " + Math.max(size, uncompressed) + " bytes; at most "
                    + limits.maxPageBytes() + " are read");
        }
        if (chunk.codec() == Codec.UNCOMPRESSED && size != uncompressed) {
            throw new ParquetFormatException("has a page of " + size + " bytes that claims to hold " + uncompressed);
        }
        chunk.codec().checkRatio(size, uncompressed);
        if (isData(header) && (header.values() < 0 || header.values() > valuesLeft)) {
            throw new ParquetFormatException("has a page of " + header.values() + " values where " + valuesLeft
                    + " are left in its column chunk");
        }
        // Each value takes a byte at least; all but those of a fixed length take four.
        if (header.type() == PageHeader.DICTIONARY && (header.values() < 0 || header.values() > uncompressed)) {
            throw new ParquetFormatException(
                    "has a dictionary of " + header.values() + " values in " + uncompressed + " bytes");
        }
    }

    static boolean isData(PageHeader header) {
        return header.type() == PageHeader.DATA || header.type() == PageHeader.DATA_V2;
    }

    /** Checks a page whose header is known, and whose bytes lie in an array. */
    void page(PageHeader header, ChunkClaim chunk, byte[] from, int start) throws IOException {
        if (header.hasCrc()) {
            crc.reset();
            crc.update(from, start, header.compressedSize());
            if ((int) crc.getValue() != header.crc()) {
                throw new ParquetFormatException("has a page whose checksum does not match: the file is damaged");
            }
        }
        switch (header.type()) {
            case PageHeader.DICTIONARY -> {
                uncompress(chunk, from, start, header.compressedSize(), header.uncompressedSize(), true);
                dictionary(header, chunk);
            }
            case PageHeader.DATA -> {
                uncompress(chunk, from, start, header.compressedSize(), header.uncompressedSize(), true);
                levels(header.levelEncoding(), chunk.leaf().repetition(), header.values());
                levels(header.levelEncoding(), chunk.leaf().definition(), header.values());
                values(header);
            }
            case PageHeader.DATA_V2 -> version2(header, chunk, from, start);
            default -> {}
        }
    }

    private void version2(PageHeader header, ChunkClaim chunk, byte[] from, int start) throws IOException {
        int repetition = header.repetitionBytes();
        int definition = header.definitionBytes();
        long levels = (long) repetition + definition;
        if (repetition < 0
                || definition < 0
                || levels > header.compressedSize()
                || levels > header.uncompressedSize()) {
            throw new ParquetFormatException("has levels that take more than their page");
        }
        ChunkClaim.Leaf leaf = chunk.leaf();
        int middle = start + repetition;
        RunCheck.exactly(from, start, middle, bits(leaf.repetition()), header.values());
        RunCheck.exactly(from, middle, middle + definition, bits(leaf.definition()), header.values());
        int before = repetition + definition;
        uncompress(
                chunk,
                from,
                start + before,
                header.compressedSize() - before,
                header.uncompressedSize() - before,
                header.compressed());
        values(header);
    }

    private static int bits(int maxLevel) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(maxLevel);
    }

    private void uncompress(ChunkClaim chunk, byte[] from, int start, int size, int uncompressed, boolean compressed)
            throws IOException {
        if (!compressed || chunk.codec() == Codec.UNCOMPRESSED || (size == 0 && uncompressed == 0)) {
            bytes = from;
            at = start;
            end = start + size;
            return;
        }
        chunk.codec().checkRatio(size, uncompressed);
        if (scratch.length < uncompressed) {
            scratch = new byte[uncompressed];
        }
        chunk.codec().decompress(from, start, size, scratch, uncompressed);
        bytes = scratch;
        at = 0;
        end = uncompressed;
    }

    /** Levels of version 1, which lie before the values. */
    private void levels(int encoding, int maxLevel, int values) {
        if (maxLevel == 0) {
            return;
        }
        if (encoding == RLE) {
            int length = end - at < 4 ? -1 : little();
            if (length < 0 || length > end - at) {
                throw new ParquetFormatException("has levels that take more than their page");
            }
            RunCheck.exactly(bytes, at, at + length, bits(maxLevel), values);
            at += length;
        } else if (encoding == BIT_PACKED) {
            long length = ((long) values * bits(maxLevel) + 7) >>> 3;
            if (length > end - at) {
                throw new ParquetFormatException("has levels that take more than their page");
            }
            at += (int) length;
        } else {
            throw new ParquetFormatException("has levels in encoding number " + encoding);
        }
    }

    private int little() {
        int value = bytes[at] & 0xff
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
        at += 4;
        return value;
    }

    /** Values follow if the page has any that is not null; how many they are, only the levels know. */
    private void values(PageHeader header) {
        if (at == end) {
            return;
        }
        switch (header.encoding()) {
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                int bits = bytes[at++];
                RunCheck.upTo(bytes, at, end, bits, header.values());
            }
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> DeltaCheck.check(bytes, at, end, header.values());
            case DELTA_BYTE_ARRAY -> {
                int suffixes = DeltaCheck.check(bytes, at, end, header.values());
                DeltaCheck.check(bytes, suffixes, end, header.values());
            }
            default -> {}
        }
    }

    private void dictionary(PageHeader header, ChunkClaim chunk) {
        if (!chunk.leaf().isByteArray()) {
            return;
        }
        for (int i = 0; i < header.values(); i++) {
            int length = end - at < 4 ? -1 : little();
            if (length < 0 || length > end - at) {
                throw new ParquetFormatException("has a dictionary page with fewer values than it says");
            }
            if (length > limits.maxDictionaryValue()) {
                throw new ParquetFormatException("has a dictionary with a value of " + length + " bytes; at most "
                        + limits.maxDictionaryValue() + " are read (more with a larger -Xmx)");
            }
            at += length;
        }
    }
}
