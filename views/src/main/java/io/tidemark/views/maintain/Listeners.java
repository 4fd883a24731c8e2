package io.tidemark.views.maintain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls to listeners: one that throws harms neither the step, which is stored already, nor the other listeners. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private Listeners() {}

    static void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener to steps failed; the views are not affected", e);
        }
    }
}
