package io.tidemark.web.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The page and its libraries, from the class path. What was asked for once stays in memory: there is only as much as the jar
 * holds.
 */
public final class StaticFiles {

    /** A page's own file: names of letters, digits, dots and dashes, none of them beginning with a dot. */
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private static final String PAGE = "index.html";
    /** A year, which is as long as a cache may keep what never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** @param compressed null if it is small */
    private record StaticFile(Buffer content, Buffer compressed, String type, String tag) {}

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();
    private final Map<String, String> vendor = Map.of(
            "vendor/chart.umd.js", webjar("org.webjars.npm", "chart.js", "dist/chart.umd.min.js"),
            "vendor/sockjs.min.js", webjar("org.webjars.npm", "sockjs-client", "dist/sockjs.min.js"),
            "vendor/swagger-ui-bundle.js", webjar("org.webjars", "swagger-ui", "swagger-ui-bundle.js"),
            "vendor/swagger-ui.css", webjar("org.webjars", "swagger-ui", "swagger-ui.css"));

    /** Of this process; made when the page is first asked for. */
    private volatile Edition edition;

    /**
     * Answers with a file, or passes the request on.
     *
     * @param path within the page, without a slash at its beginning; empty for the page itself
     */
    public void serve(RoutingContext context, String path) {
        String address = path.isEmpty() ? PAGE : path;
        if (!NAME.matcher(address).matches()) {
            context.next();
            return;
        }
        String name = Edition.fileOf(address);
        StaticFile known = files.get(name);
        if (known != null) {
            send(context, address, known);
            return;
        }
        context.vertx()
                .executeBlocking(() -> load(name), false)
                .onSuccess(loaded -> loaded.ifPresentOrElse(file -> send(context, address, file), context::next))
                .onFailure(context::fail);
    }

    private void send(RoutingContext context, String address, StaticFile file) {
        String method = context.request().method().name();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            context.fail(405);
            return;
        }
        context.response()
                .putHeader(HttpHeaders.ETAG, file.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, caching(address));
        if (EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), file.tag())) {
            context.response().setStatusCode(304).end();
            return;
        }
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (Gzip.suits(context.request(), file.content().length())) {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(file.compressed());
        } else {
            context.response().end(file.content());
        }
    }

    private String caching(String address) {
        Edition now = edition;
        return now != null && now.isFixed(address)
                ? FOR_EVER
                : address.startsWith("vendor/") ? "public, max-age=86400" : "no-cache";
    }

    private Optional<StaticFile> load(String name) {
        if (name.indexOf('.') < 0) {
            // A folder, which some class loaders list.
            return Optional.empty();
        }
        String resource = vendor.getOrDefault(name, "webroot/" + name);
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(resource)) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (in == null || type == null) {
                return Optional.empty();
            }
            byte[] content = name.equals(PAGE) ? page(in) : in.readAllBytes();
            Buffer plain = Buffer.buffer(content);
            StaticFile file = new StaticFile(
                    plain, content.length < Gzip.FROM ? null : Gzip.compress(plain), type, EntityTag.of(content));
            files.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] page(InputStream in) throws IOException {
        edition = Edition.of(vendor.values());
        return edition.page(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Where a library's file lies; its version is asked of the library, so that it is pinned in one place only. */
    private static String webjar(String group, String library, String file) {
        String properties = "META-INF/maven/" + group + '/' + library + "/pom.properties";
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(properties)) {
            if (in == null) {
                throw new IllegalStateException("The library " + library + " is not on the class path");
            }
            Properties known = new Properties();
            known.load(in);
            return "META-INF/resources/webjars/" + library + '/' + known.getProperty("version") + '/' + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
