package io.tidemark.web.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** A text that never changes, made by a worker when it is asked for first. */
final class ServedDocument {
    private final String type;
    private final Supplier<String> text;
    private volatile Made made;

    private record Made(Buffer body, String tag) {}

    ServedDocument(String type, Supplier<String> text) {
        this.type = type;
        this.text = text;
    }

    void serve(RoutingContext context) {
        Made ready = made;
        Future<Made> when =
                ready != null ? Future.succeededFuture(ready) : context.vertx().executeBlocking(this::make, false);
        when.onSuccess(document -> answer(context, document)).onFailure(context::fail);
    }

    private Made make() {
        Buffer body = Buffer.buffer(text.get());
        Made now = new Made(body, EntityTag.of(body.getBytes()));
        made = now;
        return now;
    }

    private void answer(RoutingContext context, Made document) {
        context.response().putHeader(HttpHeaders.ETAG, document.tag()).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), document.tag())) {
            context.response().setStatusCode(304).end();
        } else {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(document.body());
        }
    }
}
