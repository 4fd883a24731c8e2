package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.TableSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * Where commits go: the only record of progress. One caller, the tailer's thread.
 *
 * <p>Both ways of moving on are atomic: the counts and the position become durable and visible together, or not at all.
 */
public interface CommitSink {

    /** The last applied position; empty before the first. */
    Optional<Position> position();

    /**
     * Applies commits that follow the position without a gap, as one step.
     *
     * <p>A file that they add and remove again is never read. Only the first may change metadata or protocol.
     *
     * @throws io.tidemark.ingest.log.MissingDataFileException if a file to be counted is gone; nothing was applied
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read or counted; nothing was applied
     */
    void apply(List<Commit> commits);

    /**
     * Brings the views to a snapshot, whatever they were of: the files that both have are kept, the rest is counted or taken
     * back, as one step.
     *
     * @param newEpoch true if the history before the snapshot is not the one that was applied (first load, another table
     *     under this path, a rewritten commit): subscribers start anew
     */
    void reconcile(TableSnapshot snapshot, boolean newEpoch);
}
