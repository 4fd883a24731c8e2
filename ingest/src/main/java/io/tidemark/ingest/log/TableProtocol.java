package io.tidemark.ingest.log;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a reader must understand to read a table.
 *
 * @param minReaderVersion 1, 2, or 3 with named features
 * @param readerFeatures names of the reader features; empty below reader version 3; unmodifiable
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#protocol-evolution">Delta protocol</a>
 */
public record TableProtocol(int minReaderVersion, Set<String> readerFeatures) {

    /** Reader features that Tidemark reads exactly. */
    public static final Set<String> SUPPORTED_FEATURES = Set.of(
            "columnMapping",
            "deletionVectors",
            "timestampNtz",
            "typeWidening",
            "typeWidening-preview",
            "v2Checkpoint",
            "vacuumProtocolCheck");

    public TableProtocol {
        Objects.requireNonNull(readerFeatures, "readerFeatures");
        readerFeatures = Set.copyOf(readerFeatures);
    }

    /** Names of what this reader lacks, sorted; empty if the table can be read. */
    public Set<String> unsupported() {
        Set<String> missing = new TreeSet<>(readerFeatures);
        missing.removeAll(SUPPORTED_FEATURES);
        if (minReaderVersion > 3) {
            missing.add("reader version " + minReaderVersion);
        }
        return missing;
    }
}
