package io.tidemark.views.quality;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ScanResult;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether files hold as many rows as their statistics state. The files are what is counted.
 *
 * <p>Files are looked at on the threads that scan them, and told of with the step that they entered by. A step that is given up
 * scans its files again.
 */
final class RowAgreement {
    private long files;
    private String example = "";

    /** For any thread. */
    void scanned(DataFile file, ScanResult result) {
        OptionalLong stated = file.statedRows();
        if (stated.isPresent() && stated.getAsLong() != result.physicalRows()) {
            disagree(file.path(), stated.getAsLong(), result.physicalRows());
        }
    }

    private synchronized void disagree(String path, long stated, long held) {
        if (files++ == 0) {
            example = Words.quoted(path) + " holds " + Words.many(held, "row") + " where the log states "
                    + Words.number(stated);
        }
    }

    synchronized void begin() {
        files = 0;
        example = "";
    }

    synchronized Optional<Finding> take(long version, Instant now) {
        if (files == 0) {
            return Optional.empty();
        }
        String more =
                files == 1 ? "" : ", and " + Words.many(files - 1, "other file") + " in the same step disagree, too";
        String message = "Version " + version + ": " + example + more
                + ". The files are counted, not what the log states. Check the writer: engines that trust the log's numbers"
                + " count wrongly.";
        Finding finding = Finding.now(FindingKind.ROWS_DISAGREE, "", version, now, files, message);
        begin();
        return Optional.of(finding);
    }
}
