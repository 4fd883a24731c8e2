package io.tidemark.ingest.log;

import java.util.Map;
import java.util.Optional;

/**
 * What a writer says of its commit; free text, trusted for nothing.
 *
 * @param operation {@code WRITE}, {@code OPTIMIZE}, …
 * @param engine which software wrote it
 * @param operationMetrics by name, as written; unmodifiable
 */
public record CommitInfo(Optional<String> operation, Optional<String> engine, Map<String, String> operationMetrics) {
    public CommitInfo {
        operationMetrics = Map.copyOf(operationMetrics);
    }
}
