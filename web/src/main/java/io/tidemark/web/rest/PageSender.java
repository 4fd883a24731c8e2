package io.tidemark.web.rest;

import io.tidemark.views.cube.CubeSpec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends answers of {@link PageCache}, to be used on event loops. A large one is compressed once for all who take it so. */
final class PageSender {
    private final PageCache pages;
    private final CubeSpec spec;

    PageSender(PageCache pages, CubeSpec spec) {
        this.pages = pages;
        this.spec = spec;
    }

    /** An answer, and what it is of. */
    record Made(PageCache.Key key, Buffer body) {}

    void send(RoutingContext context, Made made) {
        if (!Gzip.suits(context.request(), made.body().length())) {
            end(context, made.key(), made.body());
            return;
        }
        Later.on(context, pages.compressed(made.key(), made.body()), body -> {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            end(context, made.key(), body);
        });
    }

    private void end(RoutingContext context, PageCache.Key key, Buffer body) {
        headers(context, key)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body);
    }

    /** Answers 304 if the client has the answer already. */
    boolean isUnchanged(RoutingContext context, PageCache.Key key) {
        if (!EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), EntityTag.of(key, spec))) {
            return false;
        }
        headers(context, key).setStatusCode(304).end();
        return true;
    }

    private HttpServerResponse headers(RoutingContext context, PageCache.Key key) {
        return VersionHeaders.put(context.response(), key.version(), key.epoch(), EntityTag.of(key, spec));
    }
}
