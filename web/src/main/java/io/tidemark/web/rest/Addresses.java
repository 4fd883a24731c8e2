package io.tidemark.web.rest;

import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Refuses addresses that could be read in more than one way, before any route does: with a percent sign that escapes
 * nothing, with bytes that are not UTF-8, with characters that should have been escaped.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2">RFC 3986</a>
 */
public final class Addresses {
    private static final String RULE =
            " must be ASCII; other characters are written as their UTF-8 bytes, each as '%' and two" + " hex digits.";

    private Addresses() {}

    /** What is wrong with a request's address; empty if nothing is. */
    public static Optional<Problem> complaint(HttpServerRequest request) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        if (!isReadable(mark < 0 ? uri : uri.substring(0, mark))) {
            return Optional.of(new Problem(400, "bad-request", "Bad request", "A path" + RULE));
        }
        return mark < 0 || isReadable(uri.substring(mark))
                ? Optional.empty()
                : Optional.of(new Problem(400, "bad-parameter", "Bad request", "A query" + RULE));
    }

    static boolean isReadable(String escaped) {
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 1 < escaped.length() ? Character.digit(escaped.charAt(i + 1), 16) : -1;
            int low = i + 2 < escaped.length() ? Character.digit(escaped.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
