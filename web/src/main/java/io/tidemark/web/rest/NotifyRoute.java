package io.tidemark.web.rest;

import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.BucketEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where an object store says that something was written, so that the table is asked at once. */
public final class NotifyRoute {
    private static final int MAX_BODY = 256 << 10;
    /** However many notifications come, the table is not asked more often for them. */
    private static final long APART_MILLIS = 20;

    private final LiveTable table;
    private final URI root;
    private final Vertx vertx;
    private final AtomicBoolean resting = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    public NotifyRoute(LiveTable table, Vertx vertx) {
        this.table = table;
        this.root = URI.create(table.uri());
        this.vertx = vertx;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        String path = prefix + "/api/v1/notify";
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.post(path).handler(this::notified);
        router.route(path).handler(context -> {
            context.response().putHeader("Allow", HttpMethod.POST.name());
            context.fail(405);
        });
    }

    private void notified(RoutingContext context) {
        new QueryParameters(context.request().query()).refuseAllBut(Set.of());
        String body = context.body().asString();
        if (BucketEvent.concerns(root, body == null ? "" : body)) {
            wake();
        }
        context.response().setStatusCode(204).end();
    }

    /** At once if it was quiet for a while; else once more when it was. */
    private void wake() {
        again.set(true);
        if (resting.compareAndSet(false, true)) {
            wakeAndRest();
        }
    }

    private void wakeAndRest() {
        again.set(false);
        table.wake();
        vertx.setTimer(APART_MILLIS, timer -> {
            if (again.get()) {
                wakeAndRest();
            } else {
                resting.set(false);
                // One that came in between found it resting still.
                if (again.get() && resting.compareAndSet(false, true)) {
                    wakeAndRest();
                }
            }
        });
    }
}
