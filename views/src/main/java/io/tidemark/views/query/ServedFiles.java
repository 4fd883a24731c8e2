package io.tidemark.views.query;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.ViewState;
import java.time.Instant;
import java.util.function.Consumer;

/** The files of the version that is served, from the ledger's own list. */
record ServedFiles(PinnedFiles pinned) implements VersionFiles {

    ViewState state() {
        return pinned.state();
    }

    @Override
    public long version() {
        return state().version();
    }

    @Override
    public String epoch() {
        return state().epoch();
    }

    @Override
    public Instant committedAt() {
        return state().committedAt();
    }

    @Override
    public TableMetadata metadata() {
        return state().metadata();
    }

    @Override
    public void forEach(Consumer<LiveFile> visitor) {
        pinned.forEach(visitor);
    }

    @Override
    public void close() {
        pinned.close();
    }
}
