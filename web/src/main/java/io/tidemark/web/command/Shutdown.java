package io.tidemark.web.command;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done when the process is asked to end. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** Runs an action once when the process ends, whatever ends it. */
    void onExit(Runnable action) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                action.run();
                            } catch (RuntimeException e) {
                                LOG.error("Not everything could be closed", e);
                            }
                        },
                        "tidemark-shutdown"));
    }

    /** Waits for as long as the process lives. */
    static int never() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }
}
