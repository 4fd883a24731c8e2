package io.tidemark.views.store;

import java.util.function.Consumer;

/**
 * A state and the files that were live at its version, held still while the table moves on. For any thread; to be closed, for
 * until then nothing that the files' list was stored in is given back to the disk.
 */
public interface PinnedFiles extends AutoCloseable {

    ViewState state();

    /**
     * Visits every live file once, in no order that means anything, on the caller's thread. A few hundred are in memory at a
     * time. A visitor may take its time, and may close the store; what it throws ends the walk.
     *
     * @throws IllegalStateException if this, or the store, is closed, also while the walk goes on
     * @throws StateException if the list cannot be read or is not whole
     */
    void forEach(Consumer<LiveFile> visitor);

    @Override
    void close();
}
