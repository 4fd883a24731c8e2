package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.DataFile;
import java.util.function.Consumer;

/**
 * Reads data files as columns. Safe for use by many threads; each scan runs wholly on its caller's.
 *
 * <p>Value columns of other types than string come as text: integers and decimals in plain decimal, booleans as
 * {@code true} and {@code false}, dates as {@code YYYY-MM-DD}, times in ISO 8601 (UTC, with a Z unless they have no zone),
 * floating-point numbers as Java writes them; partition values are brought to the same form.
 */
public interface FileScanner {

    /**
     * Scans a file from its first row to its last.
     *
     * @throws io.tidemark.ingest.log.MissingDataFileException if the file is not there
     * @throws io.tidemark.ingest.log.TableException if it cannot be read or is not what its schema says; the message names
     *     the file, and the column where one is to blame
     */
    ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer);
}
