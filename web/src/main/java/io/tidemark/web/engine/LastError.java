package io.tidemark.web.engine;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import java.time.Instant;
import java.util.Optional;

/** What last stopped the tailer. One writer, readers on any thread. */
final class LastError {

    private record Error(String message, Instant at) {}

    private volatile Error last;

    void note(TailStatus status) {
        boolean stopped = status.state() == TailState.STALE || status.state() == TailState.FAILED;
        if (stopped && status.reason().isPresent()) {
            last = new Error(status.reason().get(), Instant.now());
        }
    }

    Optional<String> message() {
        return Optional.ofNullable(last).map(Error::message);
    }

    Optional<Instant> at() {
        return Optional.ofNullable(last).map(Error::at);
    }
}
