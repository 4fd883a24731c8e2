package io.tidemark.web.engine;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a long step has come, and how fast; told on the console now and then. One writer, readers on any thread. */
final class ProgressBoard {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressBoard.class);
    private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(2);
    private static final long RATE_OVER = TimeUnit.SECONDS.toNanos(1);

    private final String table;
    private volatile Progress newest = Progress.NONE;
    private boolean running;
    private long toldAt;
    private long rateSince;
    private long rowsThen;
    private long rowsPerSecond;

    ProgressBoard(String table) {
        this.table = table;
    }

    Progress newest() {
        return newest;
    }

    /** @param rows counted so far in this step */
    void advance(long files, long filesDone, long rows) {
        long now = System.nanoTime();
        if (!running) {
            running = true;
            toldAt = now;
            rateSince = now;
            rowsThen = rows;
            rowsPerSecond = 0;
        } else if (now - rateSince >= RATE_OVER) {
            rowsPerSecond = (long) ((rows - rowsThen) * 1e9 / (now - rateSince));
            rateSince = now;
            rowsThen = rows;
        }
        newest = new Progress(files, filesDone, rowsPerSecond);
        if (now - toldAt >= TELL_EVERY) {
            toldAt = now;
            LOG.info("[{}] Counted {} of {} files, {} rows, {} rows/s", table, filesDone, files, rows, rowsPerSecond);
        }
    }

    /** @return true if the step was a long one */
    boolean done() {
        boolean was = running;
        running = false;
        newest = new Progress(newest.files(), newest.files(), 0);
        return was;
    }
}
