package io.tidemark.views.query;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.store.LiveFile;
import java.time.Instant;
import java.util.function.Consumer;

/** The files of a table at one version, whichever that is: what a full scan is pinned to. For any thread; close it. */
public interface VersionFiles extends AutoCloseable {

    long version();

    /** The epoch that the version is told as one of. */
    String epoch();

    Instant committedAt();

    TableMetadata metadata();

    /** Visits every file once, in no order that means anything; never all of them in memory. */
    void forEach(Consumer<LiveFile> visitor);

    @Override
    void close();
}
