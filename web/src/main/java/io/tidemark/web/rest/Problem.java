package io.tidemark.web.rest;

import io.tidemark.web.wire.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * An error as clients see it. The last part of {@code type} is stable; scripts may rely on it.
 *
 * @param detail what was found and what to do; no path of this machine, nothing of the program's inside
 * @param retryAfterSeconds 0: no such header
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(int status, String code, String title, String detail, int retryAfterSeconds) {

    public Problem(int status, String code, String title, String detail) {
        this(status, code, title, detail, 0);
    }

    public static Problem notReady(String detail) {
        return new Problem(503, "not-ready", "No version is served yet", detail, 1);
    }

    /** @param tables with commas between */
    public static Problem lost(String tables) {
        return new Problem(
                503,
                "lost",
                "A table is followed no longer",
                "Nothing follows any more: " + tables + ". Restart the service; its log has the reason.");
    }

    public static Problem busy() {
        return new Problem(503, "busy", "Too many requests at once", "Try again in a moment.", 1);
    }

    /** For one more than a client may ask for. */
    public static Problem tooManyRequests(int retryAfterSeconds) {
        return new Problem(
                429,
                "too-many-requests",
                "Too many requests",
                "This client asks more often than it may. Try again after the time that Retry-After gives.",
                retryAfterSeconds);
    }

    public static Problem tooManyConnections() {
        return new Problem(
                503,
                "too-many-connections",
                "Too many connections",
                "As many connections are open as may be. Close some, or try again later.",
                5);
    }

    public static Problem noVersionYet() {
        return notReady(
                "The table is being waited for or counted for the first time; /api/v1/status tells how far it is.");
    }

    public static Problem tooManyScans() {
        return new Problem(
                429,
                "too-many-scans",
                "Too many scans at once",
                "As many scans of tables are going on as are allowed. Try again in a moment.",
                1);
    }

    public static Problem tooManyExports() {
        return new Problem(
                429,
                "too-many-exports",
                "Too many exports at once",
                "As many exports are going on as are allowed. Try again when one of them has ended.",
                5);
    }

    /** @param why which instance, and what is wrong with it */
    public static Problem peer(String why) {
        return new Problem(503, "instance-unavailable", "Another instance did not do its share", why, 2);
    }

    public static Problem tookTooLong() {
        return new Problem(
                504, "deadline", "The scan took too long", "Ask for less at once: a shorter range, or fewer rows.");
    }

    /** @param why what is wrong with the table, for users */
    public static Problem cannotScan(String why) {
        return new Problem(409, "cannot-scan", "The table cannot be read as asked", why);
    }

    public static Problem unknownVersion(String why) {
        return new Problem(404, "unknown-version", "No such version", why);
    }

    public static Problem versionGone(String why) {
        return new Problem(410, "version-gone", "The version is gone", why);
    }

    public static Problem scanTooLarge(String why) {
        return new Problem(422, "scan-too-large", "The scan would hold too much in memory", why);
    }

    public static Problem tooManyPeriods(String why) {
        return new Problem(422, "too-many-periods", "Too many days or weeks", why);
    }

    public static Problem notBuilt(String what) {
        return new Problem(501, "not-implemented", "Not in this version", what);
    }

    /** For a status that says enough by itself. */
    public static Problem of(int status) {
        return switch (status) {
            case 400 -> new Problem(400, "bad-request", "Bad request", "The request cannot be understood.");
            case 401 ->
                new Problem(
                        401, "unauthorized", "A token is needed", "Send the header 'Authorization: Bearer <token>'.");
            case 403 ->
                new Problem(403, "forbidden", "Not allowed", "Requests from pages of other origins are refused.");
            case 404 -> new Problem(404, "not-found", "Not found", "There is nothing under this path.");
            case 405 ->
                new Problem(
                        405, "method-not-allowed", "Method not allowed", "Use a method that the Allow header names.");
            case 413 -> new Problem(413, "too-large", "Body too large", "Send less at once.");
            case 414 -> new Problem(414, "uri-too-long", "URI too long", "Ask with fewer or shorter parameters.");
            case 426 ->
                new Problem(
                        426, "upgrade-required", "Not a WebSocket", "This path speaks WebSocket; ask for the upgrade.");
            case 431 -> new Problem(431, "headers-too-large", "Headers too large", "Send fewer or shorter headers.");
            default ->
                status >= 400 && status < 500
                        ? new Problem(status, "bad-request", "Bad request", "The request cannot be answered.")
                        : new Problem(
                                500, "internal", "Something failed here", "The reason is in the log of this service.");
        };
    }

    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (retryAfterSeconds > 0) {
            response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
        }
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (status == 405 && !response.headers().contains("Allow")) {
            response.putHeader("Allow", "GET, HEAD");
        }
        response.end(body());
    }

    /** As JSON. */
    String body() {
        return Json.object(json -> {
            json.writeStringField("type", "/problems/" + code);
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
        });
    }
}
