package io.tidemark.ingest.files;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends something that takes too long, unless it is closed before. */
final class Cutoff implements AutoCloseable {
    /** One thread for all: what it does is to close a connection. */
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Duration time;
    private final ScheduledFuture<?> end;
    private volatile boolean reached;

    private Cutoff(Duration time, Runnable abort) {
        this.time = time;
        this.end = TIMER.schedule(
                () -> {
                    reached = true;
                    abort.run();
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** @param abort called on another thread once the time is over */
    static Cutoff after(Duration time, Runnable abort) {
        return new Cutoff(time, abort);
    }

    /** True if the time was over. */
    boolean reached() {
        return reached;
    }

    Duration time() {
        return time;
    }

    @Override
    public void close() {
        end.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tidemark-store-cutoff");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
