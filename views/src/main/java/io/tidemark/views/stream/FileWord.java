package io.tidemark.views.stream;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.store.FileKey;
import java.util.Optional;

/** What the tail says to the scans: a record of the topic {@code file-changes}. */
sealed interface FileWord {
    TableRef table();

    /**
     * How files are to be read from here on; said to every partition, before the first file of which it holds.
     *
     * @param number counts up with each other metadata
     */
    record Terms(TableEntry entry, int number, TableMetadata metadata) implements FileWord {
        @Override
        public TableRef table() {
            return entry.ref();
        }
    }

    /**
     * A file enters the table, or leaves it.
     *
     * @param step number of the step that it is of
     * @param ordinal number of the change within the step, from 0 without gaps
     * @param terms number of the terms that it is to be read under
     * @param added the file that enters; empty: it leaves
     */
    record Change(TableRef table, long step, long ordinal, int terms, FileKey file, Optional<DataFile> added)
            implements FileWord {}

    /** The table is followed no longer; said to every partition. */
    record Forget(TableRef table) implements FileWord {}
}
