package io.tidemark.views.query;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.Filter;
import java.util.Objects;

/**
 * What a scan wants of each file that it reads: all that must be known to read one, wherever that is done.
 *
 * @param metadata of the table at the version that is scanned
 * @param filter that rows must pass
 */
public record FileWork(TableMetadata metadata, Filter filter) {
    public FileWork {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(filter, "filter");
    }
}
