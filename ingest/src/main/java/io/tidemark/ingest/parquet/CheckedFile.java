package io.tidemark.ingest.parquet;

import java.io.IOException;

/**
 * A file as another reader of Parquet may have it: the footer is checked before the first byte is given out, and each page before
 * its bytes are.
 *
 * <p>Such readers make arrays as large as a file says. Looking at the very bytes that they get costs no request, and leaves no
 * time in which the file could change. Not for use by many threads.
 */
public final class CheckedFile {
    private static final int TAIL = 1 << 16;

    private final Source source;
    private final long size;
    private final CheckedFooter footer;
    private final CheckedPages pages;

    /** The end of the file, with all of the footer. */
    private byte[] tail;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** Fills a part of an array. */
        void read(long position, byte[] target, int offset, int length) throws IOException;
    }

    /**
     * Reads the footer.
     *
     * @param claims what the footer may say
     * @param held what may be read of the pages
     * @throws ParquetFormatException if nobody should read this file; goes on from its name
     */
    public CheckedFile(Source source, long size, ParquetLimits claims, ParquetLimits held) throws IOException {
        this.source = source;
        this.size = size;
        this.footer = readFooter(claims);
        this.pages = new CheckedPages(footer, held);
    }

    private CheckedFooter readFooter(ParquetLimits limits) throws IOException {
        if (size <= CheckedFooter.TAIL) {
            throw new ParquetFormatException("is not Parquet: it has only " + size + " bytes");
        }
        readTail((int) Math.min(TAIL, size));
        int length = CheckedFooter.length(tail, tail.length - CheckedFooter.TAIL, size, limits);
        int needed = length + CheckedFooter.TAIL;
        if (needed > tail.length) {
            readTail(needed);
        }
        return CheckedFooter.of(tail, tail.length - needed, length, size, limits);
    }

    private void readTail(int length) throws IOException {
        tail = new byte[length];
        source.read(size - length, tail, 0, length);
    }

    public long size() {
        return size;
    }

    /**
     * Reads some bytes: pages, or the footer.
     *
     * @return how many were read; -1 at the end of the file
     * @throws ParquetFormatException if they are not to be given to anyone
     */
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        boolean inFooter = position >= footer.start();
        int count = (int) Math.min(length, (inFooter ? size : footer.start()) - position);
        if (position >= size - tail.length) {
            System.arraycopy(tail, (int) (position - (size - tail.length)), target, offset, count);
        } else {
            source.read(position, target, offset, count);
        }
        if (!inFooter) {
            check(position, target, offset, count);
        }
        return count;
    }

    private void check(long position, byte[] bytes, int offset, int count) {
        try {
            pages.accept(position, bytes, offset, count);
        } catch (ParquetFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ParquetFormatException("is damaged: a page could not be decompressed", e);
        }
    }
}
