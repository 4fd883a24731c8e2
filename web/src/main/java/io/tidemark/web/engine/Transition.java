package io.tidemark.web.engine;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the console when a tailer begins to do something else; not of every commit. */
final class Transition {
    private static final Logger LOG = LoggerFactory.getLogger(Transition.class);

    private Transition() {}

    static void log(String table, TailStatus before, TailStatus now) {
        switch (now.state()) {
            case WAITING -> LOG.info("[{}] Waiting for the table", table);
            case BOOTSTRAPPING ->
                LOG.info("[{}] Counting the table for the first time, up to version {}", table, now.logVersion());
            case STALE -> LOG.debug("[{}] Stopped", table); // The tailer has told why.
            case FAILED ->
                LOG.error("[{}] Stopped for good: {}", table, now.reason().orElse(""));
            case LIVE -> {
                if (before.state() != TailState.CATCHING_UP) {
                    LOG.info("[{}] Live at version {}", table, now.logVersion());
                }
            }
            case CATCHING_UP -> LOG.debug("[{}] Catching up to version {}", table, now.logVersion());
        }
    }
}
