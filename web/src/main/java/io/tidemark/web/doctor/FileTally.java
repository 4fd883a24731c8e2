package io.tidemark.web.doctor;

import io.tidemark.ingest.log.DataFile;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * A table's live files, summed up.
 *
 * @param rows that the writers state, deleted ones among them
 * @param unstated files of which no number of rows is stated
 * @param withDeletions files with a deletion vector
 */
record FileTally(long files, long bytes, long rows, long unstated, long withDeletions) {

    static FileTally of(Iterator<DataFile> live) {
        long files = 0;
        long bytes = 0;
        long rows = 0;
        long unstated = 0;
        long withDeletions = 0;
        while (live.hasNext()) {
            DataFile file = live.next();
            OptionalLong stated = file.statedRows();
            files++;
            bytes += file.size();
            rows += stated.orElse(0);
            unstated += stated.isEmpty() ? 1 : 0;
            withDeletions += file.deletionVector().isPresent() ? 1 : 0;
        }
        return new FileTally(files, bytes, rows, unstated, withDeletions);
    }

    /** Rows by what is stated of the other files; -1 if nothing is. */
    long estimatedRows() {
        long stated = files - unstated;
        if (files == 0) {
            return 0;
        }
        return stated == 0 ? -1 : rows + rows / stated * unstated;
    }
}
