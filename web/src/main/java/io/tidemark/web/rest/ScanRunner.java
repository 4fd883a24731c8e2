package io.tidemark.web.rest;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.ScanRefusedException;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.ScanThreads;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what needs a scan for requests: admitted within a limit, on threads of its own, within a deadline, and cancelled when its
 * client goes.
 */
public final class ScanRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScanRunner.class);

    private final ScanThreads threads;
    private final Duration deadline;
    /** One thread a scan that was admitted, so there are no more of them than scans. */
    private final ExecutorService runners;

    public ScanRunner(ScanThreads threads, Duration deadline) {
        this.threads = threads;
        this.deadline = deadline;
        AtomicInteger number = new AtomicInteger();
        this.runners = Executors.newCachedThreadPool(task -> {
            Thread runner = new Thread(task, "tidemark-query-" + number.incrementAndGet());
            runner.setDaemon(true);
            return runner;
        });
    }

    /** Works for a request, and answers it on its own context; what goes wrong becomes a problem. For event loops. */
    <T> void run(RoutingContext context, Function<Scan, T> work, Consumer<T> answer) {
        Scan scan;
        try {
            scan = threads.admit(deadline);
        } catch (ScanRefusedException e) {
            throw new ProblemException(Problem.tooManyScans());
        }
        context.response().closeHandler(gone -> scan.cancel());
        Context own = Vertx.currentContext();
        try {
            runners.execute(() -> work(scan, work, answer, context, own));
        } catch (RejectedExecutionException e) {
            scan.close();
            throw e;
        }
    }

    private static <T> void work(
            Scan scan, Function<Scan, T> work, Consumer<T> answer, RoutingContext context, Context own) {
        try (scan) {
            T result = work.apply(scan);
            own.runOnContext(ignored -> {
                if (!context.response().closed()) {
                    answer.accept(result);
                }
            });
        } catch (RuntimeException | Error e) {
            Throwable told = problem(e);
            own.runOnContext(ignored -> context.fail(500, told));
        }
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof ScanStoppedException stopped) {
            return new ProblemException(
                    stopped.stopped() == ScanStoppedException.Cause.DEADLINE
                            ? Problem.tookTooLong()
                            : Problem.notReady("The service is going down."));
        }
        if (failure instanceof TableException table) {
            LOG.warn("A scan could not be made: {}", table.getMessage());
            return new ProblemException(Problem.cannotScan(table.getMessage()));
        }
        return failure;
    }

    @Override
    public void close() {
        threads.close();
        runners.shutdownNow();
    }
}
