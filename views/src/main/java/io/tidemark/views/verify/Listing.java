package io.tidemark.views.verify;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import java.util.List;

/**
 * The live files of a table at one version.
 *
 * @param reader which library listed them, for the user
 * @param metadata at this version
 * @param files each once; unmodifiable
 */
record Listing(String reader, long version, TableMetadata metadata, List<DataFile> files) {
    Listing {
        files = List.copyOf(files);
    }
}
