package io.tidemark.web.rest;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Answers that are made on other threads. */
final class Later {

    private Later() {}

    /** Goes on with a result on the request's own context; a failure becomes a problem. */
    static <T> void on(RoutingContext context, CompletableFuture<T> result, Consumer<T> answer) {
        Context own = Vertx.currentContext();
        BiConsumer<T, Throwable> back = (value, failure) -> own.runOnContext(ignored -> {
            if (failure != null) {
                context.fail(500, failure.getCause() == null ? failure : failure.getCause());
            } else if (!context.response().closed()) {
                answer.accept(value);
            }
        });
        // Whoever waits for it is told by the answer.
        CompletableFuture<T> unused = result.whenComplete(back);
    }
}
