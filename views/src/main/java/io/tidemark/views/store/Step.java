package io.tidemark.views.store;

import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.FileCounts;
import java.time.Instant;
import java.util.Optional;

/**
 * One step of a store, from one position to the next: files that enter and files that leave, and then all of it at once or
 * nothing. One writer, one step at a time.
 *
 * <p>Memory is bounded by what changes in the cube and by the distinct values that change, not by the number of files: ledger
 * entries of a large step go to disk ahead of it, marked as not live, and are found again by {@link #reuse} if the
 * step is cut off.
 */
public final class Step implements AutoCloseable {

    /** True if the file was live before this step. */
    public boolean isLive(FileId file) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a file.
     *
     * @param bytes size of the data file
     * @throws IllegalStateException if it is live, or was added in this step
     */
    public void add(FileId file, FileCounts counts, long bytes) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a file that a step which was cut off had counted already, without counting it again.
     *
     * @return false if nothing is known of the file: then count it, and {@link #add} it
     */
    public boolean reuse(FileId file) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a file back.
     *
     * @return false if it is not live: nothing changes
     */
    public boolean remove(FileId file) {
        throw new UnsupportedOperationException();
    }

    /** Takes back every file that was live before this step and is not among these. */
    public void removeAllExcept(FileIdSet files) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores everything, and shows it.
     *
     * @param epoch empty: as before
     * @return the state that is served from now on, and what changed
     */
    public Applied commit(Position position, TableMetadata metadata, Optional<String> epoch, Instant committedAt) {
        throw new UnsupportedOperationException();
    }

    /** Gives the step up if it was not committed. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
