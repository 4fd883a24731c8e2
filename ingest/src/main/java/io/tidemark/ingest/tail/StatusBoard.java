package io.tidemark.ingest.tail;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest status, for any thread to read; written by the tailer's thread alone. Tells the listener what changed. */
final class StatusBoard {
    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

    private final Consumer<TailStatus> listener;
    private volatile TailStatus newest = new TailStatus(TailState.WAITING, Optional.empty(), -1, Optional.empty());

    StatusBoard(Consumer<TailStatus> listener) {
        this.listener = listener;
    }

    TailStatus newest() {
        return newest;
    }

    /** There is no table, for a reason that is for users. */
    void waiting(String reason) {
        publish(TailState.WAITING, Optional.of(reason), -1, Optional.empty());
    }

    /**
     * Work begins. A stale tailer that tries again stays stale until it has succeeded, and a live one that takes up one
     * fresh commit stays live.
     */
    void working(TailState state, long logVersion) {
        boolean keep = newest.state() == TailState.STALE;
        publish(
                keep ? TailState.STALE : state,
                keep ? newest.reason() : Optional.empty(),
                logVersion,
                newest.currentAt());
    }

    /** Work was done; whether there is more is not known yet. */
    void worked(long logVersion) {
        TailState state = newest.state() == TailState.LIVE ? TailState.LIVE : TailState.CATCHING_UP;
        publish(state, Optional.empty(), logVersion, newest.currentAt());
    }

    /** Everything that the log had at a moment is applied. */
    void live(long logVersion, Instant at) {
        publish(TailState.LIVE, Optional.empty(), logVersion, Optional.of(at));
    }

    void stale(String reason, long logVersion) {
        publish(TailState.STALE, Optional.of(reason), logVersion, newest.currentAt());
    }

    void failed(String reason) {
        publish(TailState.FAILED, Optional.of(reason), newest.logVersion(), newest.currentAt());
    }

    private void publish(TailState state, Optional<String> reason, long logVersion, Optional<Instant> currentAt) {
        TailStatus status = new TailStatus(state, reason, logVersion, currentAt);
        if (status.equals(newest)) {
            return;
        }
        newest = status;
        try {
            listener.accept(status);
        } catch (RuntimeException e) {
            LOG.warn("A listener to the tailer's status failed; following goes on", e);
        }
    }
}
