package io.tidemark.ingest.log;

import java.util.Map;
import java.util.Optional;

/**
 * What a writer says of its commit; free text, trusted for nothing.
 *
 * @param operation {@code WRITE}, {@code OPTIMIZE}, …
 * @param engine which software wrote it
 * @param user who wrote it; few writers say
 * @param operationMetrics by name, as written; unmodifiable
 */
public record CommitInfo(
        Optional<String> operation,
        Optional<String> engine,
        Optional<String> user,
        Map<String, String> operationMetrics) {
    public CommitInfo {
        operationMetrics = Map.copyOf(operationMetrics);
    }
}
