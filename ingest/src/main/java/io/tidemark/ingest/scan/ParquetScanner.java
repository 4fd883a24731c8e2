package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.parquet.ParquetFormatException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Scans Parquet files of a table, without Parquet's own reader: see {@code docs/design/scanner.md} for what is read and why.
 *
 * <p>Every encoding and page version of the specification is read for flat columns; the codecs are UNCOMPRESSED, SNAPPY, GZIP,
 * ZSTD and LZ4_RAW. What is not read is refused by its name.
 */
public final class ParquetScanner implements FileScanner {
    private static final String REMEDY = ". Restore or rewrite the file, or take it out of the table.";

    private final TableFiles files;
    private final ScanLimits limits;
    private final ArrayDeque<ScanBuffers> pool = new ArrayDeque<>();

    public ParquetScanner(TableFiles files, ScanLimits limits) {
        this.files = Objects.requireNonNull(files, "files");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    @Override
    public ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer) {
        ScanBuffers buffers = borrow();
        // A scan that fails does not give its buffers back: nobody need think about what state they are in.
        ScanResult result = scan(file, projection, consumer, buffers);
        giveBack(buffers);
        return result;
    }

    private ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer, ScanBuffers buffers) {
        FileScan scan = new FileScan(files, limits, buffers, file, projection);
        try (scan) {
            while (step(file, scan)) {
                consumer.accept(scan);
            }
            return scan.result();
        }
    }

    /** Apart from the consumer, whose exceptions are its own. */
    private static boolean step(DataFile file, FileScan scan) {
        try {
            return scan.next();
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new MissingDataFileException(
                    "Data file '" + file.path()
                            + "' is not there. Was it removed by VACUUM or a lifecycle rule? Restore it, or take it out of the table.",
                    e);
        } catch (EOFException e) {
            throw new TableException(
                    scan.where() + " is shorter than it should be: it is damaged or cut off" + REMEDY, e);
        } catch (PathOutsideTableException e) {
            throw new TableException(
                    scan.where()
                            + " is outside the table's root and was not opened. Bring it into the table, or take it out of the log.",
                    e);
        } catch (IOException e) {
            throw new TableException(scan.where() + " could not be read: " + e.getMessage(), e);
        } catch (ParquetFormatException e) {
            throw new TableException(scan.where() + " " + e.getMessage() + REMEDY, e);
        } catch (RuntimeException e) {
            // The last net under the decoders' own checks.
            throw new TableException(scan.where() + " is damaged: it could not be decoded" + REMEDY, e);
        }
    }

    private ScanBuffers borrow() {
        synchronized (pool) {
            ScanBuffers kept = pool.poll();
            return kept != null ? kept : new ScanBuffers(limits);
        }
    }

    private void giveBack(ScanBuffers buffers) {
        if (buffers.worthKeeping()) {
            synchronized (pool) {
                if (pool.size() < limits.pooledScans()) {
                    pool.push(buffers);
                }
            }
        }
    }
}
