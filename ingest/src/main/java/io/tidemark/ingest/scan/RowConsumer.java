package io.tidemark.ingest.scan;

/** Takes the batches of a scan, on the scan's thread. */
@FunctionalInterface
public interface RowConsumer {

    /** @return false if no more rows are wanted: the scan then ends without an error */
    boolean accept(RowBatch batch);
}
