package io.tidemark.ingest.log;

import java.util.Objects;
import java.util.Optional;

/**
 * Identity of a logical file: the same path with another deletion vector is another file.
 *
 * @param path relative to the table's root, decoded exactly once
 * @param deletionVectorId unique id of the deletion vector that applies, as the protocol derives it
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#add-file-and-remove-file">Delta protocol</a>
 */
public record FileId(String path, Optional<String> deletionVectorId) {
    public FileId {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(deletionVectorId, "deletionVectorId");
    }

    @Override
    public String toString() {
        return deletionVectorId.map(dv -> path + " with deletion vector " + dv).orElse(path);
    }
}
