package io.tidemark.ingest.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cache makes of a disk that fails: it is told once, counted each time, and not tried again for a while, as a disk that is broken
 * may take its time to say so. Safe for use by many threads.
 */
final class CacheTrouble {
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(BlockCache.class);

    private final LongSupplier nanoTime;
    private final LongAdder failures = new LongAdder();
    private boolean broken;
    private long since;

    CacheTrouble(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param what could not be done, as in "written" */
    void failed(String what, IOException e) {
        failures.increment();
        if (begins()) {
            LOG.warn(
                    "The cache of data files cannot be {} ({}); what it lacks is read from the object store. It is tried again"
                            + " by itself",
                    what,
                    reason(e));
        }
    }

    private synchronized boolean begins() {
        boolean first = !broken;
        broken = true;
        since = nanoTime.getAsLong();
        return first;
    }

    /** A write was made. */
    void succeeded() {
        if (ends()) {
            LOG.info("The cache of data files can be written again");
        }
    }

    private synchronized boolean ends() {
        boolean last = broken;
        broken = false;
        return last;
    }

    /** False for a while after a failure. */
    synchronized boolean mayTry() {
        return !broken || nanoTime.getAsLong() - since >= PAUSE.toNanos();
    }

    long failures() {
        return failures.sum();
    }

    static boolean isNoSpace(IOException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("No space left on device") || said.contains("Disk quota exceeded");
    }

    /** Without the file's path, which would be another one each time. */
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
