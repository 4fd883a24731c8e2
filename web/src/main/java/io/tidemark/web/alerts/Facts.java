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

    /**
     * True if all is served that was committed before this hour began. Until it is, what is counted of the hours before says
     * how far the service has come, and not how much there was.
     */
    boolean hasHoursBefore() {
        Instant began = Instant.ofEpochSecond(hour() * SECONDS_PER_HOUR);
        return tail.currentAt().filter(at -> !at.isBefore(began)).isPresent()
                || state.filter(served -> !served.committedAt().isBefore(began)).isPresent();
    }
}
