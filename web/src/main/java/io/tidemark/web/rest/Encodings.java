package io.tidemark.web.rest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * What compression means for the headers of an answer. The server compresses what a client accepts compressed; the same tag
 * then stands for other bytes, so it is weak for such a client.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110</a>
 */
public final class Encodings {

    private Encodings() {}

    /** For what is sent piece by piece as it comes: a compressor would hold it back. */
    public static void never(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }

    /** When the headers are about to be written. */
    public static void tell(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        Vary.on(headers, "Accept-Encoding");
        String tag = headers.get(HttpHeaders.ETAG);
        if (tag != null && !tag.startsWith("W/") && mayCompress(request)) {
            headers.set(HttpHeaders.ETAG, "W/" + tag);
        }
    }

    private static boolean mayCompress(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted == null) {
            return false;
        }
        String codings = accepted.toLowerCase(Locale.ROOT);
        return codings.contains("gzip") || codings.contains("deflate") || codings.contains("*");
    }
}
