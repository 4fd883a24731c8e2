package io.tidemark.web.alerts;

import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.engine.TableListener;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the alerts of one table looked at: at each version that is applied, when the state changes, and once a second. On a thread
 * of its own, so that neither the tailer nor a subscriber waits for it.
 *
 * <p>Of versions that come faster than they are looked at, {@value #MAX_WAITING} wait; then the newest takes the place of the
 * one before it. After a look that took long there is a pause nine times as long, so that alerts take at most a tenth of a
 * processor, whatever the table.
 */
public final class AlertWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    private static final int MAX_WAITING = 64;
    private static final long EVERY_MILLIS = 1000;
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int REST = 9;

    private final LiveTable table;
    private final AlertBoard board;
    private final Clock clock;
    private final Deque<ViewState> waiting = new ArrayDeque<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScheduledExecutorService thread;

    /** Begins to watch. To be made before the table is started. */
    public AlertWatch(LiveTable table, AlertBoard board, Clock clock) {
        this.table = table;
        this.board = board;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "tidemark-alerts-" + table.name());
            watch.setDaemon(true);
            return watch;
        });
        table.listen(new TableListener() {
            @Override
            public void onStep(Applied step) {
                add(step.state());
            }

            @Override
            public void onStatus(TailStatus ignored) {
                wake();
            }
        });
        board.tell(new AlertSink() {
            @Override
            public void changed(String ignored) {
                wake();
            }
        });
        thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void add(ViewState state) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeLast();
            }
            waiting.addLast(state);
        }
        wake();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                thread.execute(this::look);
            } catch (RejectedExecutionException e) {
                LOG.debug("Alerts of {} are not watched any more", table.name());
            }
        }
    }

    private void look() {
        woken.set(false);
        long began = System.nanoTime();
        try {
            for (Optional<ViewState> state = next(); state.isPresent(); state = next()) {
                look(state);
            }
            look(table.state());
        } catch (RuntimeException e) {
            LOG.error("[{}] Alerts could not be looked at", table.name(), e);
        }
        long took = System.nanoTime() - began;
        if (took > LONG_NANOS) {
            rest(took * REST);
        }
    }

    private Optional<ViewState> next() {
        synchronized (waiting) {
            return Optional.ofNullable(waiting.pollFirst());
        }
    }

    private void look(Optional<ViewState> state) {
        board.look(new Facts(state, table.status(), clock.instant()));
    }

    private static void rest(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
