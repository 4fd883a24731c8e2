package io.tidemark.web.rest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Which headers of a request an answer depends on. */
final class Vary {

    private Vary() {}

    static void on(MultiMap headers, String header) {
        String known = headers.get(HttpHeaders.VARY);
        if (known == null) {
            headers.set(HttpHeaders.VARY, header);
        } else if (!known.contains(header)) {
            headers.set(HttpHeaders.VARY, known + ", " + header);
        }
    }
}
