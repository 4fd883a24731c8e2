package io.tidemark.views.contribution;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ScanResult;

/** Told of each file that was scanned, and counted; on many threads. What it throws fails the count. */
@FunctionalInterface
public interface ScanObserver {
    void scanned(DataFile file, ScanResult result);
}
