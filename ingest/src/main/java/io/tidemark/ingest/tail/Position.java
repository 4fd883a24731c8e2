package io.tidemark.ingest.tail;

import java.util.Objects;

/**
 * How far a table has been applied.
 *
 * @param tableId id of the table whose commit it was
 * @param version of the last commit that was applied
 * @param fingerprint of that commit's object; empty text if it is not known
 */
public record Position(String tableId, long version, String fingerprint) {
    public Position {
        Objects.requireNonNull(tableId, "tableId");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
