package io.tidemark.web.command;

import java.util.logging.LogManager;

/**
 * Logging that {@link LogSetup} alone configures, and that lasts until the process has ended: the JVM's own log manager takes
 * the handlers away in a shutdown hook, beside the one in which the service closes what it has opened and logs what it finds.
 */
public final class LogManagerForLife extends LogManager {
    /** The JVM's file of properties is not read: it would add a handler of its own. */
    @Override
    public void readConfiguration() {
        // As it says.
    }

    @Override
    public void reset() {
        // Called by the shutdown hook only.
    }
}
