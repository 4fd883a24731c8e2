package io.tidemark.web.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;

/**
 * The tokens that are let in; none: everyone is. Compared by their hashes, in a time that tells nothing of them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 */
public final class BearerTokens {
    private static final String SCHEME = "bearer ";

    private final List<byte[]> hashes;

    public BearerTokens(List<String> tokens) {
        this.hashes = tokens.stream().map(BearerTokens::hash).toList();
    }

    public boolean allows(HttpServerRequest request) {
        if (hashes.isEmpty()) {
            return true;
        }
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = hash(header.substring(SCHEME.length()).strip());
        boolean allowed = false;
        for (byte[] known : hashes) {
            // No early exit.
            allowed |= MessageDigest.isEqual(known, given);
        }
        return allowed;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
