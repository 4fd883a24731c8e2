package io.tidemark.web.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;
import java.util.OptionalInt;

/**
 * Looks at a request to become a WebSocket before it is tried: a client's mistake would else be answered, and logged, as a
 * failure of the service.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1">RFC 6455</a>
 */
final class Handshake {
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private Handshake() {}

    /** The status to refuse it with; empty if it is well formed, or no such request. */
    static OptionalInt refusal(HttpServerRequest request) {
        String upgrade = request.getHeader(HttpHeaders.UPGRADE);
        if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
            return OptionalInt.empty();
        }
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            request.response().putHeader("Sec-WebSocket-Version", VERSION);
            return OptionalInt.of(426);
        }
        return isKey(request.getHeader("Sec-WebSocket-Key")) ? OptionalInt.empty() : OptionalInt.of(400);
    }

    private static boolean isKey(String text) {
        try {
            return text != null && Base64.getDecoder().decode(text.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
