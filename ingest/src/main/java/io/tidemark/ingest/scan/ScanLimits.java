package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ParquetLimits;

/**
 * How much a scan takes on before it refuses a file. Sizes in a file are claims: nothing is allocated by them unchecked.
 *
 * @param wholeFileBytes a file up to this size is read in one request
 * @param windowBytes of a larger file, at most this much of a column chunk is held unread
 * @param maxFooterBytes largest footer
 * @param maxPageBytes largest page, compressed or not
 * @param maxDictionaryBytes once the distinct values of a column chunk take more than this, its ids start anew
 * @param maxScanBytes all buffers that one running scan may hold
 * @param maxRows most rows of one file
 * @param pooledScans buffers of this many finished scans are kept for the next ones
 */
public record ScanLimits(
        int wholeFileBytes,
        int windowBytes,
        int maxFooterBytes,
        int maxPageBytes,
        int maxDictionaryBytes,
        long maxScanBytes,
        long maxRows,
        int pooledScans) {

    private static final int MB = 1 << 20;

    /** For a service: a quarter of the heap, but no more than 512 MB, for one scan. */
    public static ScanLimits standard() {
        long scan = Math.min(512L * MB, Runtime.getRuntime().maxMemory() / 4);
        return new ScanLimits(
                MB,
                4 * MB,
                64 * MB,
                128 * MB,
                32 * MB,
                scan,
                1L << 32,
                Runtime.getRuntime().availableProcessors());
    }

    /** What a file may say before parquet-java reads nested columns of it. */
    ParquetLimits claims() {
        return parquet(Long.MAX_VALUE);
    }

    /** What parquet-java may hold of one row group's nested columns. */
    ParquetLimits held() {
        return parquet(maxScanBytes);
    }

    private ParquetLimits parquet(long rowGroupBytes) {
        return new ParquetLimits(
                maxFooterBytes,
                20_000,
                40,
                1_000_000,
                maxPageBytes,
                rowGroupBytes,
                maxPageBytes,
                OpenDataFile.ROWS_PER_BYTE,
                MB);
    }
}
