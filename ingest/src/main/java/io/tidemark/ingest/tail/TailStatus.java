package io.tidemark.ingest.tail;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the tailer last found. Immutable; a new one is published whenever something in it changes.
 *
 * @param state what it is doing
 * @param reason why it waits for a table, is stale or failed, for users; empty otherwise
 * @param logVersion newest version known to exist, -1 if none
 * @param currentAt when the log was last found to hold nothing that is not applied; empty if never
 */
public record TailStatus(TailState state, Optional<String> reason, long logVersion, Optional<Instant> currentAt) {
    public TailStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(currentAt, "currentAt");
    }
}
