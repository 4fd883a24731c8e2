package io.tidemark.web.export;

import java.time.Duration;

/**
 * What exports may take together.
 *
 * @param exports that may be going on at once
 * @param readers threads of each that read files, so as many files are read at once
 * @param turns threads of all exports that may work at a time; the others wait for their turns
 * @param chunkBytes about so much is handed on at a time
 * @param aheadBytes of an export, at most about this much is read and not yet sent: half of it of the file whose turn it is
 * @param aheadFileBytes files whose sizes come to more than this are not read at the same time by one export
 * @param rowGroupBytes of Parquet, as encoded and not yet compressed
 * @param stall a client that takes nothing for so long is cut off
 */
public record ExportLimits(
        int exports,
        int readers,
        int turns,
        int chunkBytes,
        long aheadBytes,
        long aheadFileBytes,
        int rowGroupBytes,
        Duration stall) {
    private static final int MB = 1 << 20;

    /** About what one export takes of the heap: what is read ahead, buffers of its scans, a row group. */
    private static final long HEAP_OF_ONE = 64L * MB;

    /** For a service: as many exports as fit in half of the heap, but no more than 32. */
    public static ExportLimits standard() {
        long heap = Runtime.getRuntime().maxMemory();
        int processors = Runtime.getRuntime().availableProcessors();
        return new ExportLimits(
                (int) Math.max(2, Math.min(32, heap / 2 / HEAP_OF_ONE)),
                3,
                Math.max(2, processors),
                64 << 10,
                8L * MB,
                32L * MB,
                (int) Math.min(16 * MB, heap / 64),
                Duration.ofSeconds(60));
    }

    /** The same with another number of exports. */
    public ExportLimits withExports(int number) {
        return new ExportLimits(number, readers, turns, chunkBytes, aheadBytes, aheadFileBytes, rowGroupBytes, stall);
    }

    /** The same with another patience. */
    public ExportLimits withStall(Duration other) {
        return new ExportLimits(exports, readers, turns, chunkBytes, aheadBytes, aheadFileBytes, rowGroupBytes, other);
    }
}
