package io.tidemark.web.access;

import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request needs. A path that is not known here needs a role: what is added is closed until it is opened.
 */
public final class Need {
    private static final Pattern TABLE = Pattern.compile("/t/[^/]+");

    /** The page alone tells nothing of the tables, nor does health; the document tells what can be asked for. */
    private static final Pattern PUBLIC = Pattern.compile(
            "/?|/index\\.html|/favicon\\.svg|/(?:css|js|vendor)/.*|/docs(?:/.*)?|/openapi\\.(?:yaml|json)|/healthz|/readyz");

    private Need() {}

    /**
     * The role that is needed; empty if everyone may.
     *
     * @param path normalized, as routes are found by it
     */
    public static Optional<Role> of(HttpMethod method, String path) {
        String below = TABLE.matcher(path).lookingAt() ? TABLE.matcher(path).replaceFirst("") : path;
        boolean read = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (read && PUBLIC.matcher(below).matches()) {
            return Optional.empty();
        }
        if (below.equals("/api/v1/session")) {
            return method.equals(HttpMethod.DELETE) ? Optional.empty() : Optional.of(Role.VIEW);
        }
        if (below.equals("/api/v1/export")) {
            return Optional.of(Role.EXPORT);
        }
        if (below.equals("/api/v1/notify")) {
            // The webhook of a store: it has the table looked at sooner, and changes nothing.
            return Optional.of(Role.VIEW);
        }
        boolean live = below.equals("/live") || below.startsWith("/live/");
        return Optional.of(read || live ? Role.VIEW : Role.ADMIN);
    }
}
