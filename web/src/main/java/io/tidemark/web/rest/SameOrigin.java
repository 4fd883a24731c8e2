package io.tidemark.web.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Refuses pages of other origins. A request without an {@code Origin} does not come from such a page: let in.
 *
 * <p>Only host and port are compared: a proxy in front may speak another scheme.
 */
public final class SameOrigin {

    private SameOrigin() {}

    public static boolean allows(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || authority(origin).equalsIgnoreCase(host(request));
    }

    /**
     * As above, of a request that changes something: also refused if the browser says that another site asked for it, or that
     * it was not asked for by a page of ours.
     */
    public static boolean allowsChange(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return allows(request) && (site == null || site.equals("same-origin") || site.equals("none"));
    }

    /** What an origin names, without a port that its scheme implies; empty for {@code null} and what is no origin. */
    private static String authority(String origin) {
        try {
            URI uri = new URI(origin);
            if (uri.getHost() == null) {
                return "";
            }
            boolean implied = uri.getPort() == -1
                    || uri.getPort() == 80 && "http".equals(uri.getScheme())
                    || uri.getPort() == 443 && "https".equals(uri.getScheme());
            return implied ? uri.getHost() : uri.getHost() + ':' + uri.getPort();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String host(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            return "\0";
        }
        boolean implied = host.endsWith(":80") || host.endsWith(":443");
        return implied ? host.substring(0, host.lastIndexOf(':')) : host;
    }
}
