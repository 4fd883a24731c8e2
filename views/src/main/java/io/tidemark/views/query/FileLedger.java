package io.tidemark.views.query;

import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.store.LiveFile;
import java.util.Optional;

/** What is known already of whole files, so that they need not be read. For any thread. */
public interface FileLedger {
    FileLedger NONE = file -> Optional.empty();

    /** The counts of all rows of a file; empty if they are not known here. */
    Optional<FileCounts> counts(LiveFile file);
}
