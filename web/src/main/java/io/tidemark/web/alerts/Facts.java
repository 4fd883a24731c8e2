package io.tidemark.web.alerts;

import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.store.ViewState;
import java.time.Instant;
import java.util.Optional;

/**
 * What alerts are decided by: of one version, at one moment.
 *
 * @param state empty before a first version is served
 */
record Facts(Optional<ViewState> state, TailStatus tail, Instant now) {
    private static final int SECONDS_PER_HOUR = 3600;

    /** The hour that has begun and not ended, since the epoch. */
    long hour() {
        return Math.floorDiv(now.getEpochSecond(), SECONDS_PER_HOUR);
    }
}
