package io.tidemark.views.store;

import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.CubeSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The views and the ledger on disk, and the newest state in memory. One writer thread; {@link #state()} and {@link #bytes()}
 * are for any thread.
 *
 * <p>One process a directory. All native objects are closed by {@link #close()}, in one place.
 */
public final class ViewStore implements AutoCloseable {

    /**
     * Opens a state directory, or makes one, and loads what was last stored.
     *
     * @param tableUri the table that the directory must be of, without credentials
     * @throws StateException if the directory is of another table, cube or format, is in use, cannot be written, or is damaged
     */
    public static ViewStore open(Path directory, CubeSpec spec, String tableUri) {
        throw new UnsupportedOperationException();
    }

    /** The last stored position; empty before the first step. */
    public Optional<Position> position() {
        throw new UnsupportedOperationException();
    }

    /** The newest state; empty before the first step. */
    public Optional<ViewState> state() {
        throw new UnsupportedOperationException();
    }

    /** Begins a step; the one before it must be closed. */
    public Step begin() {
        throw new UnsupportedOperationException();
    }

    /** Bytes on disk. */
    public long bytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
