package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ParquetFormatException;

/** What a file holds is not what it should be. Thrown deep inside; {@link FileScan} adds the file and the column. */
class Malformed extends ParquetFormatException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
