package io.tidemark.web.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What every answer about a table says beside its body. */
final class VersionHeaders {

    private VersionHeaders() {}

    static HttpServerResponse put(HttpServerResponse response, long version, String epoch, String tag) {
        return response.putHeader("Tidemark-Version", Long.toString(version))
                .putHeader("Tidemark-Epoch", epoch)
                .putHeader(HttpHeaders.ETAG, tag)
                // May be kept, but not used without asking.
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
