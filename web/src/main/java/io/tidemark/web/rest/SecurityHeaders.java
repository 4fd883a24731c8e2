package io.tidemark.web.rest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;

/** What every response tells a browser: trust nothing but this origin, run nothing inline. */
public final class SecurityHeaders {
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'self'";

    private SecurityHeaders() {}

    public static void put(HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "SAMEORIGIN");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
    }
}
