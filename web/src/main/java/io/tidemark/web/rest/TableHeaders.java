package io.tidemark.web.rest;

import io.tidemark.views.store.ViewState;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What every answer about a table says in its headers. */
final class TableHeaders {

    private TableHeaders() {}

    static HttpServerResponse put(HttpServerResponse response, ViewState state, String tag) {
        return response.putHeader("Tidemark-Version", Long.toString(state.version()))
                .putHeader("Tidemark-Epoch", state.epoch())
                .putHeader(HttpHeaders.ETAG, tag)
                // May be kept, but not used without asking.
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
