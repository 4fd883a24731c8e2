package io.tidemark.web.rest;

import io.tidemark.web.scan.ScanPool;
import io.tidemark.web.wire.AnalysesJson;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer as Server-Sent Events: {@code progress} a few times a second while it is made, then either {@code answer} or
 * {@code problem}. To be used on the request's event loop.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class ProgressStream {
    static final String TYPE = "text/event-stream";

    private static final Logger LOG = LoggerFactory.getLogger(ProgressStream.class);
    private static final long EVERY_MILLIS = 250;

    private final RoutingContext context;
    private final HttpServerResponse response;

    ProgressStream(RoutingContext context) {
        this.context = context;
        this.response = context.response();
    }

    /** True if a request asks for events in place of one JSON text. */
    static boolean isAskedFor(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(TYPE);
    }

    /** Sends the headers. What goes wrong from here on is told as an event. */
    void begin() {
        Encodings.never(context.request());
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // Proxies of one kind hold a response back until it is whole, unless they are told not to.
                .putHeader("X-Accel-Buffering", "no");
        response.exceptionHandler(failure -> {});
        if (context.request().method() != HttpMethod.HEAD) {
            response.write(":\n\n").onFailure(failure -> {});
        }
    }

    /** Tells of work until its end. */
    <T> void follow(ScanPool.Running<T> running, Function<T, Buffer> body) {
        begin();
        long timer = context.vertx()
                .setPeriodic(
                        EVERY_MILLIS,
                        ignored -> event("progress", Buffer.buffer(AnalysesJson.progress(running.progress()))));
        follow(running.result()
                .whenComplete((value, failure) -> context.vertx().cancelTimer(timer))
                .thenApply(body));
    }

    /** Ends with what comes of something. */
    void follow(CompletableFuture<Buffer> result) {
        Context own = Vertx.currentContext();
        // Whoever waits for it is told by the event.
        CompletableFuture<Buffer> unused = result.whenComplete((body, failure) -> own.runOnContext(ignored -> {
            if (failure == null) {
                event("answer", body);
            } else {
                event("problem", Buffer.buffer(problem(failure).body()));
            }
            if (!response.ended() && !response.closed()) {
                response.end().onFailure(gone -> {});
            }
        }));
    }

    private Problem problem(Throwable failure) {
        Problem problem = Problems.of(ScanRunner.problem(failure), 500);
        if (problem.status() == 500) {
            LOG.error("{} failed", context.normalizedPath(), failure);
        }
        return problem;
    }

    /** @param json without a line break: JSON escapes those of texts */
    private void event(String name, Buffer json) {
        boolean isProgress = name.equals("progress");
        // A client that takes nothing gets no more of what would be old by the time that it does.
        if (response.ended() || response.closed() || isProgress && response.writeQueueFull()) {
            return;
        }
        if (context.request().method() != HttpMethod.HEAD) {
            response.write(Buffer.buffer("event: " + name + "\ndata: ")
                            .appendBuffer(json)
                            .appendString("\n\n"))
                    .onFailure(failure -> {});
        }
    }
}
