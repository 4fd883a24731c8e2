package io.tidemark.web.rest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Pages of other origins that may read answers. Vert.x' own handler is not used: it refuses a page of our own origin, too,
 * and beside it SockJS would let in whoever asks.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch: CORS protocol</a>
 */
public final class Origins {
    private static final String ALLOW = "Access-Control-Allow-";
    private static final String READABLE = "Tidemark-Version, Tidemark-Epoch, ETag, Retry-After, Content-Disposition";
    private static final String SENDABLE = "Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID";
    private static final String SECONDS = "600";

    private final Set<String> allowed;

    /** @param allowed as browsers send them, in lower case; empty: none but our own */
    public Origins(List<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Whether a request may be answered that a page of another origin must not make. */
    public boolean lets(HttpServerRequest request) {
        return isAllowed(request) || SameOrigin.allows(request);
    }

    private boolean isAllowed(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && allowed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** Whether a page asks if it may ask; such a request has no token. */
    public boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS
                && isAllowed(request)
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** @param methods that the path has */
    public void answerPreflight(HttpServerRequest request, String methods) {
        request.response()
                .putHeader(ALLOW + "Methods", methods)
                .putHeader(ALLOW + "Headers", SENDABLE)
                .putHeader("Access-Control-Max-Age", SECONDS)
                .setStatusCode(204)
                .end();
    }

    /**
     * Says who may read an answer, when its headers are about to be written: whatever was said before.
     *
     * @param credentials whether a browser may send what it keeps of us: nothing, but SockJS' client asks for it
     */
    public void tell(HttpServerRequest request, boolean credentials) {
        HttpServerResponse response = request.response();
        MultiMap headers = response.headers();
        headers.remove(ALLOW + "Origin").remove(ALLOW + "Credentials");
        if (!allowed.isEmpty()) {
            Vary.on(headers, "Origin");
        }
        if (isAllowed(request)) {
            headers.set(ALLOW + "Origin", request.getHeader(HttpHeaders.ORIGIN));
            headers.set("Access-Control-Expose-Headers", READABLE);
            if (credentials) {
                headers.set(ALLOW + "Credentials", "true");
            }
        }
    }
}
