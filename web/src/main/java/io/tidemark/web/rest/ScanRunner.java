package io.tidemark.web.rest;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.analysis.TooManyPeriodsException;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.ScanPeerException;
import io.tidemark.views.query.ScanRefusedException;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.ScanTooLargeException;
import io.tidemark.views.query.UnknownVersionException;
import io.tidemark.views.query.VersionGoneException;
import io.tidemark.views.store.StateException;
import io.tidemark.web.scan.ScanPool;
import io.tidemark.web.scan.StateScans;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scans for requests: cancelled when the client goes; what goes wrong becomes a problem. */
public final class ScanRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ScanRunner.class);

    private final ScanPool pool;

    public ScanRunner(ScanPool pool) {
        this.pool = pool;
    }

    /** Works for a request, and answers it on its own context. For event loops. */
    <T> void run(RoutingContext context, Function<Scan, T> work, Consumer<T> answer) {
        whenDone(context, begin(context, work).result(), answer);
    }

    /** Begins to work for a request, as long as its client is there. */
    <T> ScanPool.Running<T> begin(RoutingContext context, Function<Scan, T> work) {
        ScanPool.Running<T> running = admitted(() -> pool.start(work));
        context.response().closeHandler(gone -> running.cancel());
        return running;
    }

    /** Waits for a state for a request, and goes on with it on the request's own context. For event loops. */
    <T> void await(
            RoutingContext context,
            Supplier<StateScans.Asked> ask,
            Function<StateScans.Asked, CompletableFuture<T>> then,
            Consumer<T> answer) {
        StateScans.Asked asked = admitted(ask);
        context.response().closeHandler(gone -> asked.leave());
        whenDone(context, then.apply(asked), answer);
    }

    private static <T> T admitted(Supplier<T> begin) {
        try {
            return begin.get();
        } catch (ScanRefusedException e) {
            throw new ProblemException(Problem.tooManyScans());
        }
    }

    private static <T> void whenDone(RoutingContext context, CompletableFuture<T> result, Consumer<T> answer) {
        Context own = Vertx.currentContext();
        // Whoever waits for it is told by the answer.
        CompletableFuture<T> unused = result.whenComplete((value, failure) -> own.runOnContext(ignored -> {
            if (failure != null) {
                context.fail(500, problem(failure));
            } else if (!context.response().closed()) {
                answer.accept(value);
            }
        }));
    }

    /** What a request is told of a failure; the failure itself if it is none that was foreseen. */
    static Throwable problem(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (failure instanceof ScanStoppedException stopped) {
            return new ProblemException(
                    stopped.stopped() == ScanStoppedException.Cause.DEADLINE
                            ? Problem.tookTooLong()
                            : Problem.notReady("The service is going down."));
        }
        if (failure instanceof ScanPeerException) {
            LOG.warn("A scan could not be made: {}", failure.getMessage());
            return new ProblemException(Problem.peer(failure.getMessage()));
        }
        if (failure instanceof UnknownVersionException) {
            return new ProblemException(Problem.unknownVersion(failure.getMessage()));
        }
        if (failure instanceof VersionGoneException) {
            return new ProblemException(Problem.versionGone(failure.getMessage()));
        }
        if (failure instanceof ScanTooLargeException) {
            return new ProblemException(Problem.scanTooLarge(failure.getMessage()));
        }
        if (failure instanceof TooManyPeriodsException) {
            return new ProblemException(Problem.tooManyPeriods(failure.getMessage()));
        }
        if (failure instanceof StateException) {
            LOG.warn("A scan could not be made: {}", failure.getMessage());
            return new ProblemException(Problem.notReady("What is stored cannot be read at the moment; try again."));
        }
        if (failure instanceof TableException) {
            LOG.warn("A scan could not be made: {}", failure.getMessage());
            return new ProblemException(Problem.cannotScan(failure.getMessage()));
        }
        return failure;
    }
}
