package io.tidemark.ingest.log;

import java.util.Objects;
import java.util.Optional;

/**
 * Where the deleted rows of a file are kept.
 *
 * @param storageType {@code u} (file named by a UUID under the root), {@code p} (absolute path) or {@code i} (inline)
 * @param pathOrInlineDv as the log has it, by {@code storageType}
 * @param offset of the data in the file; empty for inline
 * @param sizeInBytes of the serialized bitmap
 * @param cardinality number of rows deleted
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#deletion-vector-descriptor-schema">Delta protocol</a>
 */
public record DeletionVector(
        String storageType, String pathOrInlineDv, Optional<Integer> offset, int sizeInBytes, long cardinality) {
    public DeletionVector {
        Objects.requireNonNull(storageType, "storageType");
        Objects.requireNonNull(pathOrInlineDv, "pathOrInlineDv");
        Objects.requireNonNull(offset, "offset");
    }

    /** The id that, with the path, tells logical files apart. */
    public String uniqueId() {
        return storageType + pathOrInlineDv + offset.map(at -> "@" + at).orElse("");
    }
}
