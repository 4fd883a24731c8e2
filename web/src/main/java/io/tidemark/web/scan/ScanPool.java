package io.tidemark.web.scan;

import io.tidemark.views.query.Scan;
import io.tidemark.views.query.ScanProgress;
import io.tidemark.views.query.ScanRefusedException;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.ScanThreads;
import io.tidemark.web.config.ScanSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** All scans of a process: admitted within a limit, on threads of their own, within a deadline. Safe for use by many threads. */
public final class ScanPool implements AutoCloseable {
    private final ScanThreads threads;
    private final Duration deadline;
    private final LongAdder refused = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder tookTooLong = new LongAdder();
    /** One thread a scan that was admitted, so there are no more of them than scans. */
    private final ExecutorService runners;

    public ScanPool(ScanSettings settings) {
        this.threads = new ScanThreads(settings.threads(), settings.limit());
        this.deadline = settings.deadline();
        AtomicInteger number = new AtomicInteger();
        this.runners = Executors.newCachedThreadPool(task -> {
            Thread runner = new Thread(task, "tidemark-query-" + number.incrementAndGet());
            runner.setDaemon(true);
            return runner;
        });
    }

    /**
     * Work that was begun.
     *
     * @param result completes when nothing of the scan is left: no thread, no pinned files
     */
    public record Running<T>(CompletableFuture<T> result, Scan scan) {

        /** Ends it soon; its result then fails with a {@link ScanStoppedException}. */
        public void cancel() {
            scan.cancel();
        }

        public ScanProgress progress() {
            return scan.progress();
        }
    }

    /**
     * Begins to work, within the deadline of all.
     *
     * @throws ScanRefusedException if there are too many scans already
     */
    public <T> Running<T> start(Function<Scan, T> work) {
        return start(deadline, work);
    }

    /** @throws ScanRefusedException if there are too many scans already */
    public <T> Running<T> start(Duration within, Function<Scan, T> work) {
        Scan scan = admit(within);
        Running<T> running = new Running<>(new CompletableFuture<>(), scan);
        try {
            runners.execute(() -> run(running, work));
        } catch (RejectedExecutionException e) {
            scan.close();
            throw e;
        }
        return running;
    }

    private Scan admit(Duration within) {
        try {
            return threads.admit(within);
        } catch (ScanRefusedException e) {
            refused.increment();
            throw e;
        }
    }

    private <T> void run(Running<T> running, Function<Scan, T> work) {
        T made;
        try (Scan scan = running.scan()) {
            made = work.apply(scan);
        } catch (RuntimeException | Error e) {
            count(e);
            running.result().completeExceptionally(e);
            return;
        }
        running.result().complete(made);
    }

    private void count(Throwable failure) {
        if (failure instanceof ScanStoppedException stopped) {
            (stopped.stopped() == ScanStoppedException.Cause.DEADLINE ? tookTooLong : cancelled).increment();
        }
    }

    /** Scans that are going on. */
    public int running() {
        return threads.running();
    }

    /** Scans that were not begun because there were too many. */
    public long refused() {
        return refused.sum();
    }

    /** Scans that were stopped because whoever asked was gone, or the service went down. */
    public long cancelled() {
        return cancelled.sum();
    }

    /** Scans that were stopped at their deadline. */
    public long tookTooLong() {
        return tookTooLong.sum();
    }

    @Override
    public void close() {
        threads.close();
        runners.shutdownNow();
    }
}
