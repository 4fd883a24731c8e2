package io.tidemark.views.contribution;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.FileCounts;

/** Counts what one file holds. Safe for use by many threads. */
public interface FileCounter {

    /**
     * Scans a file once, for cells and distinct values together.
     *
     * @param metadata of the table at the version that the file is live at
     * @throws io.tidemark.ingest.log.MissingDataFileException if the file is not there
     * @throws io.tidemark.ingest.log.TableException if it cannot be read, or a configured column has a type that cannot be
     *     counted
     */
    FileCounts count(DataFile file, TableMetadata metadata);
}
