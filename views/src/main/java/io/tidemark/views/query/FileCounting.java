package io.tidemark.views.query;

import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.store.LiveFile;
import java.util.List;
import java.util.function.Consumer;

/** Counts the rows of files that pass a filter: in this process, or in several that share the files. For any thread. */
public interface FileCounting {

    /**
     * Counts some files. Returns or throws when nothing of it is going on any more.
     *
     * @param scan that the work is part of; tells when to stop, and is told how far it is
     * @param sink takes what came of each file once, on the caller's thread, in no order that means anything
     * @throws ScanStoppedException if the scan was stopped
     * @throws ScanTooLargeException if it would hold too much in memory
     * @throws ScanPeerException if another process that was asked gave no answer that could be used
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read
     */
    void count(FileWork work, List<LiveFile> files, Scan scan, Consumer<FileCounts> sink);
}
